"""The shape of every file of a pack. Unknown keys and wrong types are faults; packs/README.md explains the keys."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_]+)*$")]
AreaCode = Annotated[str, Meta(pattern=r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$")]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Hours = Annotated[str, Meta(pattern=r"^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$")]
Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
LevelCode = Literal["county", "township", "village", "cooperative", "grid"]
UnitKind = Literal["village", "township", "county_centre", "department"]


class Strict(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    pass


class Name(Strict):
    zh: Text
    bo: Text
    en: Text


class PackName(Strict):
    """A county's own name; its Tibetan one may still be missing in a pack just made."""

    zh: Text
    bo: str
    en: Text


class About(Strict):
    """pack.toml"""

    name: PackName
    note: Name
    languages: list[Literal["zh-hans", "bo", "en"]]
    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$")] = ""
    extends: str = ""
    number_prefix: Annotated[str, Meta(pattern=r"^[A-Z]{2,8}$")] = ""
    demo_township: Annotated[str, Meta(pattern=r"^[0-9]{9}$")] = ""


class Level(Strict):
    code: LevelCode
    title: Name
    head: Name
    count: Count = 0


class RoleTitle(Strict):
    code: str
    title: Name


class Template(Strict):
    kind: UnitKind
    code: Text
    name: Name
    named: dict[str, Name] = {}


class Unit(Strict):
    kind: UnitKind
    code: Code
    name: Name
    area: AreaCode | None = None


class Words(Strict):
    zh: list[Text] = []
    bo: list[Text] = []


class TopicHere(Strict):
    """How a topic differs in some areas (prefixes of area codes)."""

    areas: list[AreaCode]
    departments: list[Code] | None = None
    at_once: list[Code] | None = None


class Topic(Strict, kw_only=True):
    code: Code
    name: Name
    parent: str = ""
    follows: Literal["place", "person"]
    kind: Literal["problem", "question", "suggestion", "wish", "complaint", "thanks"] = "problem"
    departments: list[Code] = []
    at_once: list[Code] = []
    service: str = ""
    words: Words = field(default_factory=Words)
    overrides: list[TopicHere] = []


class Hazard(Strict):
    code: Code
    name: Name
    icon: Code
    urgent: Literal["always", "danger"]
    topic: Code


class Promise(Strict):
    code: Code
    kind: Literal["take", "contact", "solve", "answer", "interim"]
    from_: date = field(name="from")
    until: date | None = None
    urgent: bool | None = None
    minutes: Annotated[int, Meta(gt=0)] | None = None
    hours: Annotated[int, Meta(gt=0)] | None = None
    days: Annotated[int, Meta(gt=0)] | None = None
    clock: str = "round"
    after: Literal["reported", "solved"] = "reported"
    areas: list[AreaCode] = []
    topics: list[Code] = []


class Calendar(Strict):
    code: Code
    hours: list[Hours]
    weekdays: list[Annotated[int, Meta(ge=1, le=7)]]
    holidays: list[date] = []
    workdays: list[date] = []
    unpublished: list[int] = []


class Quiet(Strict):
    from_: Clock = field(name="from")
    to: Clock


class UrgentSteps(Strict):
    township_and_leader_on_duty_minutes: Count
    all_leaders_minutes: Count


class LadderHere(Strict):
    areas: list[AreaCode]
    step_hours: Count | None = None
    remind_at: float | None = None
    orders: list[Literal["village", "township", "county", "department", "leader"]] | None = None


class Ladder(Strict):
    """ladder.toml"""

    remind_at: Annotated[float, Meta(gt=0, lt=1)]
    step_hours: Count
    orders: list[Literal["village", "township", "county", "department", "leader"]]
    quiet: Quiet
    urgent: UrgentSteps
    overrides: list[LadderHere] = []


class Liaisons(Strict):
    """liaisons.toml: how many households one liaison serves, and the figures the demo is seeded to."""

    households_min: Count
    households_max: Count
    prefer: list[Literal["neighbour", "ecological_warden", "grid_worker"]] = []
    seed: dict[str, Count] = {}


class Service(Strict):
    """services.toml: something done on a family's behalf, or shown to it; nothing is ever sent to a police counter."""

    code: Code
    name: Name
    papers: list[Name]
    owner: Literal["registered", "residing", "counter"]
    carrier: Literal["registered", "residing", "family"]
    sent: bool
    steps: list[Name] = []


class Duty(Strict):
    """duties.toml: what a liaison or steward is asked to do, as service to the family."""

    code: Code
    name: Name
    items: list[Name]


class Review(Strict):
    """review.toml: the Tibetan strings a native speaker has passed; every other one is shown as a draft."""

    passed: list[str] = []


class Household(Strict):
    registered: AreaCode
    residing: AreaCode


class Case(Strict, kw_only=True):
    """tests.toml: one row of routing. Exactly one of village, township, household, unknown or beyond says where."""

    name: Text
    text: str = ""
    topic: str = ""
    village: AreaCode | None = None
    township: AreaCode | None = None
    household: Household | None = None
    unknown: bool = False
    beyond: bool = False
    urgent: bool = False
    hazard: str = ""
    vacant: list[str] = []
    about: str = ""
    receivers: list[str]
    responsible: str


ROWS: dict[str, dict[str, type[Struct]]] = {
    "levels": {"level": Level},
    "roles": {"role": RoleTitle},
    "units": {"template": Template, "unit": Unit},
    "topics": {"topic": Topic},
    "hazards": {"hazard": Hazard},
    "promises": {"promise": Promise},
    "calendars": {"calendar": Calendar},
    "services": {"service": Service},
    "duties": {"duty": Duty},
    "tests": {"case": Case},
}
WHOLE: dict[str, type[Struct]] = {"pack": About, "ladder": Ladder, "liaisons": Liaisons}
