"""A whole fair with its data, played by one command."""
