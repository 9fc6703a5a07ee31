"""The allocation of stands: the problem, its judge, the searches and the reasons.  Pure."""
