"""The solidarity village: stands, workshops, badges, certificates, awards and draws of a yearly fair."""
