"""Scans, admission, attendance and devices."""
