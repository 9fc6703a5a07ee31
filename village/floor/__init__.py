"""Halls, stands, the plan and the allocation of stands."""
