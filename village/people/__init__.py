"""Persons with names in two scripts, accounts, roles and permissions."""
