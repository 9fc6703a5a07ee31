"""Figures, agreements and recommendations."""
