"""Shape of portal.toml: what the county says on its public page."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from mulian.core.packs.shapes.basis import Code, Strict

Telephone = Annotated[str, Meta(pattern=r"^[0-9+][0-9 -]{2,19}$")]


class Office(Strict):
    code: Code
    telephone: Telephone


class Portal(Strict):
    """portal.toml"""

    hotline: Telephone | None = None
    stewards: bool = False
    k: Annotated[int, Meta(ge=10)] = 10
    office: list[Office] = []
