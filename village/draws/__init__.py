"""The draw: closed list, sealed contributions, ranking, public proof, minutes."""
