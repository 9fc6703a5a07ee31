"""Signed QR badges and their printing."""
