"""Facts about services and service lists. Names stand in them as the pack had them that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase

Names = Mapping[str, str]
SERVICES = uuid5(NAMESPACE_URL, "mulian:cases:services")
"""The one thing that a changed catalogue of services is about."""


@dataclass(frozen=True, kw_only=True)
class ServiceOpened(AboutCase):
    """It is a service: these papers are needed."""

    name = "cases.service_opened"
    service: str
    service_name: Names
    papers: int


@dataclass(frozen=True, kw_only=True)
class PaperMoved(AboutCase):
    """A paper is ready, was taken along, was handed over, or is back; `unit` has it now, where an office does."""

    name = "cases.paper_moved"
    paper: Names
    paper_state: str
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceStepDone(AboutCase):
    """A step of the service was taken, or (`done` false) was not after all."""

    name = "cases.service_step"
    step: Names
    done: bool


@dataclass(frozen=True, kw_only=True)
class _AboutList(Event):
    subject_kind = "service_list"
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ListMade(_AboutList):
    """A department began a list for a purpose, until a day."""

    name = "cases.list_made"
    unit: str
    area: str
    families: int
    fact: str
    until: str


@dataclass(frozen=True, kw_only=True)
class ListRead(_AboutList):
    """Somebody of the department read it."""

    name = "cases.list_read"
    families: int


@dataclass(frozen=True, kw_only=True)
class ListMarked(_AboutList):
    """A liaison said how one family stands."""

    name = "cases.list_marked"
    personal = frozenset({"household", "why"})
    household: str
    mark: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ListFollowed(_AboutList):
    """A family on it moved to other liaisons."""

    name = "cases.list_followed"


@dataclass(frozen=True, kw_only=True)
class ListEnded(_AboutList):
    """Its time was over, or its department ended it: the families on it were taken out; figures stay."""

    name = "cases.list_ended"
    totals: Mapping[str, int]
    because: str


@dataclass(frozen=True, kw_only=True)
class ServicesChanged(Event):
    """The county's services.toml says something else than phones were last told."""

    name = "cases.services_changed"
    subject_kind = "services"
    digest: str
