"""A rule says no: with a code and facts, never with a sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Refusal(Exception):  # noqa: N818 - the fair's own word: a refusal is an answer, not a fault of the program
    """A deed that the rules do not allow.

    `code` is looked up in the feature's `wording.REFUSALS`, where the sentence stands in three languages;
    `facts` fill that sentence. Where several rules object at once, `objections` holds them all, the first
    one lending its code and facts to the whole.
    """

    def __init__(
        self, code: str, facts: Mapping[str, Any] | None = None, objections: Iterable[Refusal] = ()
    ) -> None:
        """Refuse with a code and the facts of the case."""
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Any] = MappingProxyType(dict(facts or {}))
        self.objections: tuple[Refusal, ...] = tuple(objections) or (self,)

    @classmethod
    def of(cls, objections: Iterable[Refusal]) -> Refusal:
        """Bundle all objections of a rule into one refusal.

        Raises:
            ValueError: there is no objection.

        """
        found = tuple(objections)
        if not found:
            raise ValueError("a refusal needs at least one objection")
        return cls(found[0].code, found[0].facts, found)

    def __repr__(self) -> str:
        """Show code and facts, for logs and failing tests."""
        return f"Refusal({self.code!r}, {dict(self.facts)!r})"

    __str__ = __repr__
