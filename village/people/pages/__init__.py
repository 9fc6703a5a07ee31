"""Pages of accounts, of persons who may be one, and of what is kept about a person."""

from village.people.pages import own_data, same
from village.people.pages.accounts import bp

__all__ = ["bp", "own_data", "same"]
