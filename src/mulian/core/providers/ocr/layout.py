"""How one kind of paper is printed, as its pack says: told to the child beside the picture."""

from __future__ import annotations

from msgspec import Struct


class Portrait(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the picture of a person lies. `top` and `bottom` are labels one above the other in the left column.

    The height from the one to the other is the unit of `box` (left, upper, right, lower), measured from the upper
    left corner of `top`.
    """

    top: str
    bottom: str
    box: tuple[float, float, float, float]


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """One side of a paper: the words that tell it, and what must be seen on it to be sure of what was covered.

    `number`: a person's number stands here, and was found whole; `origin`: so does the label of what is refused.
    `cover`: what a person covers by hand before a phone keeps the picture (left, upper, right, lower, in hundredths of
    the paper's width and height).
    """

    titles: tuple[str, ...]
    must: tuple[str, ...] = ()
    number: bool = False
    origin: bool = False
    portrait: Portrait | None = None
    cover: tuple[tuple[int, int, int, int], ...] = ()


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """Labels after which a value stands, and what the value is proposed for."""

    words: tuple[str, ...]
    to: str


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of paper. `labels`: other printed words, at which a value before them ends."""

    pages: tuple[Page, ...] = ()
    fields: tuple[Field, ...] = ()
    labels: tuple[str, ...] = ()

    def printed(self) -> tuple[str, ...]:
        """Every label it knows, the longer ones first."""
        words = {*self.labels, *(word for field in self.fields for word in field.words)}
        for page in self.pages:
            words |= {*page.titles, *page.must}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))
