"""Signing in, through Flask-Security: user name and password, a second factor, recovery codes, passkeys."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from flask import request
from flask_babel import lazy_gettext as _l
from flask_security import LoginForm, MailUtil, PasswordUtil, Security
from flask_security.forms import RequiredLocalize
from wtforms import BooleanField, StringField

from village.kit.i18n import current_lang
from village.kit.mail import Letter
from village.kit.web import limiter, parts
from village.kit.wording import say_refusal
from village.people.accounts.actions import ARGON2
from village.people.accounts.datastore import DeedDatastore, init_log_of_sign_ins
from village.people.accounts.queries import find_account
from village.people.accounts.rules import clean_username, normal_password, why_not_password
from village.people.accounts.words import MESSAGES, SUBJECTS

if TYPE_CHECKING:
    from flask import Flask

    from village.people.account_models import Account

_log = structlog.get_logger(__name__)
_TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
_DAY_S = 24 * 3600
_FORM_FAILED_BELOW = 300
_REFUSED_FROM = 400
# Only failures count: a whole team behind one address signs in at nine o'clock.
_BY_ADDRESS = "10 per minute; 60 per hour"
_BY_NAME = "10 per 15 minutes; 30 per day"
# Views that guess at a secret or send a letter, with the field that names whose.
_LIMITED = {
    "security.login": "email",
    "security.forgot_password": "email",
    "security.two_factor_token_validation": "",
    "security.mf_recovery": "",
    "security.verify": "",
    "security.wan_signin_response": "",
}


class SignInForm(LoginForm):
    """User name (or mail address) and password. The field is called `email` because the library expects it."""

    email = StringField(
        _l("User name or mail address"),
        validators=[RequiredLocalize(message="EMAIL_NOT_PROVIDED")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    remember = BooleanField(_l("Stay signed in on this device"))

    def validate(self, **kwargs: Any) -> bool:
        """Find the account by what was typed; the library then checks the password and says nothing more."""
        from village.kit.db import db

        self.ifield = self.email
        self.user = find_account(db.session(), clean_username(self.email.data or ""))
        return bool(super().validate(**kwargs))


class LetterUtil(MailUtil):
    """Letters of the sign-in pages go through the application's own mailer."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002 - the mailer knows the sender
        body: str | None,
        html: str | None,  # noqa: ARG002 - letters are plain text
        **_more: Any,
    ) -> None:
        """Hand a letter over; a mail server that is down must not keep anybody from changing a password."""
        try:
            parts().mailer.send(Letter(to=str(recipient), subject=str(subject), text=body or "", lang=current_lang()))
        except OSError:
            _log.exception("letter_not_sent", template=template)


class RulePasswords(PasswordUtil):
    """Passwords are judged by the same rule on every page."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ARG002, FBT001 - the library's signature
        """Return what stands against a password, in words, and its one form."""
        user: Account | None = kwargs.get("user")
        objections = why_not_password(normal_password(password), user.username if user else "")
        return [say_refusal(each, current_lang()) for each in objections] or None, normal_password(password)


def init_accounts(app: Flask) -> None:
    """Put the sign-in pages under every language, and the limits before them."""
    world = app.extensions["village"]
    app.config.update(_settings(world))
    app.config.update({f"SECURITY_MSG_{key}": said for key, said in MESSAGES.items()})
    app.config.update({f"SECURITY_{key}": said for key, said in SUBJECTS.items()})
    security = Security(
        app,
        DeedDatastore(),
        login_form=SignInForm,
        mail_util_cls=LetterUtil,
        password_util_cls=RulePasswords,
    )
    security.mail_context_processor(_site)
    init_log_of_sign_ins(app)
    for endpoint, field in _LIMITED.items():
        _limit(app, endpoint, field)


def _site() -> dict[str, str]:
    """Give letters the address of the village: whoever asks for one may name any host, and a link must not obey."""
    settings = parts().settings
    return {"site": settings.address if settings.public_url else request.host_url.rstrip("/")}


def _settings(world: Any) -> dict[str, Any]:
    secure = world.settings.cookies_are_secure
    cookie = {"httponly": True, "secure": secure, "samesite": "Lax"}
    return {
        "PERMANENT_SESSION_LIFETIME": 30 * _DAY_S,
        "REMEMBER_COOKIE_NAME": "village_remember",
        "REMEMBER_COOKIE_DURATION": 30 * _DAY_S,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "SECURITY_TWO_FACTOR_VALIDITY_COOKIE": cookie,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_DATETIME_FACTORY": world.clock.now,
        "SECURITY_I18N_DOMAIN": "people",
        "SECURITY_I18N_DIRNAME": [str(_TRANSLATIONS)],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_HTML": False,
        # a laptop that serves a tent has no name server to ask
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [
            {"username": {"mapper": clean_username, "case_insensitive": False}},
            {"email": {"mapper": clean_username, "case_insensitive": False}},
        ],
        **_password_settings(),
        **_second_factor_settings(world),
        **_addresses(),
    }


def _password_settings() -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {f"argon2__{name}": value for name, value in ARGON2.items()},
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": True,
    }


def _second_factor_settings(world: Any) -> dict[str, Any]:
    recovery_key = base64.urlsafe_b64encode(world.keys.secret("recovery"))
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {"1": world.keys.secret("totp").hex()},
        "SECURITY_TOTP_ISSUER": "Solidarity village",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [recovery_key],
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": "Solidarity village",
    }


def _addresses() -> dict[str, Any]:
    return {
        "SECURITY_URL_PREFIX": "/<lang:lang>",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_RESET_URL": "/sign-in/forgotten",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/help",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/way",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_WAN_SIGNIN_URL": "/sign-in/passkey",
        "SECURITY_VERIFY_URL": "/account/confirm",
        "SECURITY_WAN_VERIFY_URL": "/account/confirm/passkey",
        "SECURITY_CHANGE_URL": "/account/password",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-factor",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "SECURITY_WAN_REGISTER_URL": "/account/passkeys",
        "SECURITY_WAN_DELETE_URL": "/account/passkeys/remove",
        "SECURITY_POST_LOGIN_VIEW": "people.welcome",
        "SECURITY_POST_LOGOUT_VIEW": "editions.home",
        "SECURITY_POST_CHANGE_VIEW": "people.my_account",
        "SECURITY_POST_RESET_VIEW": "security.login",
        "SECURITY_POST_VERIFY_VIEW": "people.my_account",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "people.my_account",
        "SECURITY_TWO_FACTOR_ERROR_VIEW": "security.login",
        "SECURITY_WAN_POST_REGISTER_VIEW": "people.my_account",
    }


def _limit(app: Flask, endpoint: str, field: str) -> None:
    """Count failures of a view by address, and by the account that was named."""
    view: Any = app.view_functions[endpoint]
    view = limiter.limit(_BY_ADDRESS, methods=["POST"], deduct_when=_failed)(view)
    if field:
        view = limiter.limit(_BY_NAME, key_func=_named, methods=["POST"], deduct_when=_failed)(view)
    app.view_functions[endpoint] = view


def _named() -> str:
    """Return the account that was named, as a key to count by."""
    return "name:" + clean_username(_typed(_LIMITED[request.endpoint or ""]))


def _typed(field: str) -> str:
    """Read a field of the form, or of the JSON that the library takes in its place."""
    sent = request.get_json(silent=True) if request.is_json else request.form
    value = sent.get(field) if isinstance(sent, Mapping) else None
    return value if isinstance(value, str) else ""


def _failed(response: Any) -> bool:
    """Tell whether a form was shown again, or a program was refused; the letter for a forgotten password counts."""
    if request.endpoint == "security.forgot_password" or response.status_code >= _REFUSED_FROM:
        return True
    return bool(response.status_code < _FORM_FAILED_BELOW and not response.is_json)
