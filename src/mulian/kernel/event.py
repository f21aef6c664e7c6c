"""The base of every event: an immutable fact that something happened, written with the state it describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about one subject. Subclasses set the class variables and add typed fields (JSON values).

    `personal` names the fields whose values are erasable by law: they are stored apart, and only a salted
    commitment to them enters the chain.
    """

    name: ClassVar[str]
    subject_kind: ClassVar[str]
    version: ClassVar[int] = 1
    personal: ClassVar[frozenset[str]] = frozenset()

    subject_id: UUID

    def data(self) -> dict[str, Any]:
        """The values anyone who may read the log may see."""
        return {k: v for k, v in self._values().items() if k not in self.personal}

    def private(self) -> dict[str, Any]:
        """The values stored apart."""
        return {k: v for k, v in self._values().items() if k in self.personal}

    def _values(self) -> Mapping[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "subject_id"}
