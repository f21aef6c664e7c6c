"""One filled form on its way in, and the word about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from mulian.kernel.geo import Point
from mulian.modules.forms.domain.definition import About

_INSTANCES = UUID("6d6f9c1e-5b1a-5c55-9d6a-6d756c69616e")


def instance_id(text: str) -> UUID:
    """The submission's id for another app's instanceID, the same whenever it comes."""
    return uuid5(_INSTANCES, text)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom or what the answers speak of."""

    kind: About
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Submission:
    """`instance`: another app's instanceID (empty: the id itself). `deprecated`: the instance this one corrects.

    `body_sha256`: of what was sent, so that the same instance with other content is told from a repetition; empty: made
    of the answers. `media`: file name → SHA-256.
    """

    id: UUID
    form: str
    version: str
    answers: Mapping[str, Any]
    subject: Subject | None = None
    started: datetime | None = None
    ended: datetime | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    place: Point | None = None
    instance: str = ""
    deprecated: str = ""
    body_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`state`: kept, held or replaced. `created`: it came for the first time. `missing`: files that answers name and
    that are not here. `refused`: path → why. `facts`: items the register was told.
    """

    id: UUID
    state: str
    created: bool
    missing: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    facts: int = 0
