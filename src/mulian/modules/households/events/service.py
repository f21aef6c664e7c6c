"""Who serves households, and what an office wants of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from mulian.kernel.event import Event

CATALOGUE = uuid5(NAMESPACE_URL, "mulian:households:catalogue")
"""The one thing that a changed catalogue is about."""


@dataclass(frozen=True, kw_only=True)
class LiaisonAssigned(Event):
    """A grid area was handed to a liaison; the earlier ones' access ended with it."""

    name = "households.liaison_assigned"
    subject_kind = "area"
    area: str
    person: str
    before: list[str]


@dataclass(frozen=True, kw_only=True)
class LiaisonQualified(Event):
    """A person may be asked to serve as liaison in a village."""

    name = "households.liaison_qualified"
    subject_kind = "person"
    area: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class StaffSeeded(Event):
    """Synthetic people were given logins and duties (demo and tests only; one event for the batch)."""

    name = "households.staff_seeded"
    subject_kind = "area"
    people: int


@dataclass(frozen=True, kw_only=True)
class CollectionWanted(Event):
    """An office wants what is stale in a village asked again by a day; of which families, and in what words.

    `other_title`: the same in the other language, empty where nobody wrote it.
    """

    name = "households.collection_wanted"
    subject_kind = "area"
    area: str
    title: str
    due: str
    households: list[str]
    other_title: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueChanged(Event):
    """The county's register.toml says something else than phones were last told."""

    name = "households.catalogue_changed"
    subject_kind = "catalogue"
    digest: str
