"""Cooperatives and other organisations that exhibit, their sectors and their selection."""
