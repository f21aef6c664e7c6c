"""Shape of campaigns.toml: campaigns the demo begins with."""

from __future__ import annotations

from mulian.core.packs.shapes.basis import AreaCode, Code, Count, Name, Strict


class Campaign(Strict):
    """A sweep of an area for the classes (topics) named; days are counted from the demo's day."""

    code: Code
    name: Name
    area: AreaCode
    classes: list[Code]
    lookers: list[Code]
    days_before: Count
    days_after: Count
