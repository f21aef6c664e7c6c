"""Shape of open311.toml: which topics programs outside may report, and what is asked with each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from mulian.core.packs.shapes.basis import Code, Name, Strict

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class Choice311(Strict):
    code: Key
    name: Name


class Attribute311(Strict, kw_only=True):
    code: Key
    datatype: Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
    name: Name
    hint: Name | None = None
    required: bool = False
    variable: bool = True
    value: list[Choice311] = []


class Service311(Strict, kw_only=True):
    """`public`: listed for everybody; `fine`: with its place, not only its village; `batch`: answered by a token."""

    code: Code
    description: Name | None = None
    type: Literal["realtime", "batch"] = "realtime"
    public: bool = True
    fine: bool = False
    attribute: list[Attribute311] = []


class About311(Strict):
    """Whom programmers ask, how they get a key, when the services last changed."""

    changeset: datetime
    contact: Name
    key_service: Name


class Open311(Strict):
    """open311.toml"""

    about: About311
    service: list[Service311] = []
