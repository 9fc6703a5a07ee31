"""The rules of messages: how people are reached, and with which words."""
