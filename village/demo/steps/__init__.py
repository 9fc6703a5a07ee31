"""The steps of the demonstration, in the order of the fair."""
