"""Who reads what: the circles of readers, each within the next."""

from __future__ import annotations

from dataclasses import dataclass

_EVERYBODY = "public"
"""What the schema marks so is for every reader, whether the header knows such a circle or not."""


@dataclass(frozen=True)
class Circles:
    """The circles of a whole strategy, from the narrowest to the widest.

    `now` are the circles of today, where the strategy is an earlier version: a circle may have
    moved since, and what either order keeps from a reader is kept back.
    """

    names: tuple[str, ...]
    now: tuple[str, ...] = ()

    def refuse_unknown(self, reader: str) -> None:
        """Raises ValueError, naming those that are known, where there is no such circle."""
        for known in filter(None, (self.names, self.now)):
            if reader not in known:
                raise ValueError(f'there is no audience "{reader}"; known are {", ".join(known)}')

    def is_narrowest(self, reader: str) -> bool:
        """Whether everything may be read in this circle."""
        return all(reader == order[0] for order in (self.names, self.now) if order)

    @property
    def narrowest(self) -> str:
        """The circle in which everything may be read."""
        return self.names[0]

    def is_everybody(self, reader: str) -> bool:
        """Whether this circle is the whole world."""
        return reader == _EVERYBODY

    def may_read(self, circle: str, reader: str) -> bool:
        """Whether what is meant for `circle` may be read in the circle `reader`: the same one, or
        one within it.
        """
        return circle in self.names and self._holds(circle, reader)

    def may_read_field(self, mark: str, reader: str) -> bool:
        """Whether what the schema marks so may be read; a mark that the header does not know as a
        circle counts as the narrowest one.
        """
        return mark == _EVERYBODY or self._holds(mark, reader)

    def is_narrower(self, circle: str, other: str) -> bool:
        """Whether some readers of what is for `other` may not read what is for `circle`."""
        return not self.may_read(circle, other)

    def _holds(self, circle: str, reader: str) -> bool:
        return all(
            reader in order
            and order.index(circle if circle in order else order[0]) >= order.index(reader)
            for order in (self.names, self.now)
            if order
        )
