"""Pages of accounts, of persons who may be one, and of what is kept about a person."""

from village.people.pages import keys, own_data, same
from village.people.pages.accounts import bp

__all__ = ["bp", "keys", "own_data", "same"]
