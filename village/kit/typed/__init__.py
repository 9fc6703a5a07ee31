"""Days, hours and numbers as people type them in Morocco, in Arabic, French or English; what is doubtful is asked."""

from village.kit.typed.clocks import parse_clock
from village.kit.typed.days import ReadDay, parse_day, read_day
from village.kit.typed.numbers import parse_money, parse_number, parse_whole
from village.kit.typed.signs import plain

__all__ = ["ReadDay", "parse_clock", "parse_day", "parse_money", "parse_number", "parse_whole", "plain", "read_day"]
