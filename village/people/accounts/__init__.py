"""Accounts: who may sign in, with what proof, and in which roles."""

from village.people.accounts.signin import init_accounts

__all__ = ["init_accounts"]
