"""Reads of messages: the outbox, whom a filter reaches, mailings."""
