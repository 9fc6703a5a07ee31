"""The WSGI application: `granian --interface wsgi wsgi:app`, or any other WSGI server."""

from config import Settings
from village.app import create_app

app = create_app(Settings.from_env())
