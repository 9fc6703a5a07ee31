"""Decisions of a draw, pure: who may be drawn, what is committed, which step may follow which, who is drawn."""
