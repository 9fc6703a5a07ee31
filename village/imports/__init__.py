"""Spreadsheets as people really send them."""
