"""What all shapes share: codes, names, times, and structures that refuse unknown keys."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_]+)*$")]
AreaCode = Annotated[str, Meta(pattern=r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$")]
Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
Step = Literal["village", "township", "county", "department", "leader"]


class Strict(Struct, forbid_unknown_fields=True):
    """A table of a pack."""


class Name(Strict):
    zh: Text
    bo: Text
    en: Text
