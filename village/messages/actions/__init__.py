"""Deeds of messages: tell people what became of their places, write to many at once."""
