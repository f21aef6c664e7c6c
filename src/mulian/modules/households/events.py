"""Facts about households. Where a family moved is personal and erasable; the log keeps only the village."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from mulian.kernel.event import Event

CATALOGUE = uuid5(NAMESPACE_URL, "mulian:households:catalogue")
"""The one thing that a changed catalogue is about."""


@dataclass(frozen=True, kw_only=True)
class _AboutHousehold(Event):
    subject_kind = "household"


@dataclass(frozen=True, kw_only=True)
class HouseholdRegistered(_AboutHousehold):
    """A household was taken into the register."""

    name = "households.registered"
    number: str


@dataclass(frozen=True, kw_only=True)
class HouseholdChanged(_AboutHousehold):
    """Details or members changed; `what` names the fields, never their values."""

    name = "households.changed"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class HouseholdMoved(_AboutHousehold):
    """A place of the household changed with effect from `effective` (told late or early, it may be history).

    `kind` is registered, residing or camp; `from_area` and `to_area` are codes of grid area or village.
    `current` says whether today's place changed.
    """

    name = "households.moved"
    personal = frozenset({"from_area", "to_area", "camp"})
    kind: str
    effective: str
    current: bool
    from_area: str | None
    to_area: str | None
    camp: str | None = None


@dataclass(frozen=True, kw_only=True)
class HouseholdClosed(_AboutHousehold):
    """The household is served no longer (merged into another, moved beyond the county)."""

    name = "households.closed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class MemberCame(_AboutHousehold):
    """Somebody belongs to the household since a day: born, married in, moved in."""

    name = "households.member_came"
    personal = frozenset({"why", "member"})
    why: str
    member: str
    since: str


@dataclass(frozen=True, kw_only=True)
class MemberWent(_AboutHousehold):
    """Somebody belongs to it no longer since a day: died, married out, moved out."""

    name = "households.member_went"
    personal = frozenset({"why", "member"})
    why: str
    member: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdSplit(_AboutHousehold):
    """Some of its members are a household of their own since a day."""

    name = "households.split"
    into: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdMerged(_AboutHousehold):
    """Its members belong to another household since a day; it is closed."""

    name = "households.merged"
    into: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdReopened(_AboutHousehold):
    """It is served again since a day."""

    name = "households.reopened"
    since: str


@dataclass(frozen=True, kw_only=True)
class LifeTakenBack(_AboutHousehold):
    """Something told of it was a mistake; what was so before is so again."""

    name = "households.life_taken_back"
    kind: str


@dataclass(frozen=True, kw_only=True)
class HouseholdsSeeded(Event):
    """A batch of synthetic households was written (demo and tests only; one event for the batch)."""

    name = "households.seeded"
    subject_kind = "area"
    area: str
    households: int
    people: int


@dataclass(frozen=True, kw_only=True)
class HouseholdsSearched(Event):
    """Somebody looked for a household by two identifiers; the subject may read who did, and why."""

    name = "households.searched"
    subject_kind = "person"
    personal = frozenset({"terms"})
    reason: str
    found: list[str]
    terms: list[str]


@dataclass(frozen=True, kw_only=True)
class WhereaboutsRead(_AboutHousehold):
    """Somebody asked where the household was on a day, inside a case, a service or an incident; it may read who."""

    name = "households.whereabouts_read"
    personal = frozenset({"purpose", "day"})
    inside: str
    about: str
    day: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RecordRead(Event):
    """Somebody read what is kept of households, for the first time of a day in that way; the families may read who."""

    name = "households.record_read"
    subject_kind = "person"
    personal = frozenset({"why"})
    households: list[str]
    way: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SlipGiven(_AboutHousehold):
    """Somebody of the family was shown its record and who opened it; `known_by`: how the desk knew them."""

    name = "households.slip_given"
    personal = frozenset({"known_by"})
    asked_by: str
    known_by: str


@dataclass(frozen=True, kw_only=True)
class CampOpened(_AboutHousehold):
    """The household declared a seasonal place."""

    name = "households.camp_opened"
    season: str


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
class _AboutInstitution(Event):
    subject_kind = "institution"


@dataclass(frozen=True, kw_only=True)
class InstitutionRegistered(_AboutInstitution):
    """A place that serves many was taken into the register."""

    name = "households.institution_registered"
    kind: str


@dataclass(frozen=True, kw_only=True)
class InstitutionChanged(_AboutInstitution):
    """Its name, capacity, telephone or point changed; `what` names the fields. Closed: it serves nobody any more."""

    name = "households.institution_changed"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class InstitutionChecked(_AboutInstitution):
    """A safety check was made, and what it found."""

    name = "households.institution_checked"
    check: str
    done_on: str
    sound: bool


@dataclass(frozen=True, kw_only=True)
class CollectionWanted(Event):
    """An office wants what is stale in a village asked again by a day; of which families, and in what words."""

    name = "households.collection_wanted"
    subject_kind = "area"
    area: str
    title: str
    due: str
    households: list[str]


@dataclass(frozen=True, kw_only=True)
class CatalogueChanged(Event):
    """The county's register.toml says something else than phones were last told."""

    name = "households.catalogue_changed"
    subject_kind = "catalogue"
    digest: str


@dataclass(frozen=True, kw_only=True)
class _AboutTable(Event):
    subject_kind = "table"


@dataclass(frozen=True, kw_only=True)
class TableTaken(_AboutTable):
    """A table was brought, with who gave it and what for; nothing of it counts yet."""

    name = "households.table_taken"
    source: str
    purpose: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class TableApplied(_AboutTable):
    """A brought table was written into the register; each household has its own event. `by`: empty for a feed."""

    name = "households.table_applied"
    source: str
    purpose: str
    by: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class TableUndone(_AboutTable):
    """A brought table was taken back; what others had changed since stayed."""

    name = "households.table_undone"
    source: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class _AboutExport(Event):
    subject_kind = "export"


@dataclass(frozen=True, kw_only=True)
class ExportAsked(_AboutExport):
    """Somebody asked for a table of households; `items` are codes of the catalogue."""

    name = "households.export_asked"
    purpose: str
    households: int
    items: list[str]
    people: bool


@dataclass(frozen=True, kw_only=True)
class ExportDecided(_AboutExport):
    """A second person allowed or refused it."""

    name = "households.export_decided"
    allowed: bool


@dataclass(frozen=True, kw_only=True)
class ExportMade(_AboutExport):
    """These households left in a table (one event for some hundreds); each may read for whom and for what."""

    name = "households.export_made"
    purpose: str
    found: list[str]
    items: list[str]


@dataclass(frozen=True, kw_only=True)
class ExportTaken(_AboutExport):
    """The table was downloaded by the one who asked."""

    name = "households.export_taken"


@dataclass(frozen=True, kw_only=True)
class _AboutReturn(Event):
    subject_kind = "return"


@dataclass(frozen=True, kw_only=True)
class ReturnMade(_AboutReturn):
    """A superior's table was filled from the ledger: counts only; `wrong`: totals that do not agree."""

    name = "households.return_made"
    form: str
    cells: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class ReturnSent(_AboutReturn):
    """This copy went up."""

    name = "households.return_sent"
    form: str
