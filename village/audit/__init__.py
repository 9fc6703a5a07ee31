"""The append-only log of every deed: record, prove, verify."""
