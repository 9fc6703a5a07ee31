"""The yearly fair: dates, theme, cities, venues, rooms, partners, what is open."""
