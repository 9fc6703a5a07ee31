"""Categories, criteria, jury marks, ties and minutes."""
