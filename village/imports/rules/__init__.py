"""How a sheet of people or exhibitors is understood, row by row, before anything is kept."""
