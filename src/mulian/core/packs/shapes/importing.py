"""Shape of importing.toml: what headings and words of brought tables mean, and how families are found again."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from mulian.core.packs.shapes.basis import Strict, Text

Chance = Annotated[float, Meta(gt=0, lt=1)]
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_.-]*$")]


class Chances(Strict):
    """How likely this is of one family (`m`) and of two (`u`)."""

    m: Chance
    u: Chance


class Weight(Strict):
    """What agreement in a field is worth; the figure left out counts nothing."""

    code: Key
    same: Chances
    other: Chances
    spelt: Chances | None = None
    near: Chances | None = None


class Variant(Strict):
    """Chinese characters that write one Tibetan syllable."""

    code: Key
    bo: Text
    zh: Text


class Words(Strict):
    """Headings of one column, or words of one answer."""

    code: Key
    words: list[Text]


class Importing(Strict):
    """importing.toml"""

    certain: float
    doubtful: float
    gap: Annotated[float, Meta(gt=0)]
    weight: list[Weight]
    variant: list[Variant] = []
    column: list[Words] = []
    word: list[Words] = []
