"""The shape of every file of a pack; unknown keys and wrong types are faults (keys: packs/README.md)."""

from __future__ import annotations

from msgspec import Struct

from mulian.core.packs.shapes.campaigns import Campaign
from mulian.core.packs.shapes.certificates import Certificate
from mulian.core.packs.shapes.clocks import Clocks
from mulian.core.packs.shapes.county import (
    About,
    Duty,
    Level,
    Liaisons,
    Phrase,
    RoleTitle,
    Template,
    Unit,
    Visit,
)
from mulian.core.packs.shapes.desk import Desk, Term
from mulian.core.packs.shapes.importing import Importing
from mulian.core.packs.shapes.joint import Joint
from mulian.core.packs.shapes.open311 import Open311
from mulian.core.packs.shapes.portal import Portal
from mulian.core.packs.shapes.register import (
    Complaint,
    Document,
    Group,
    Institution,
    Item,
    Kept,
    Need,
    Request,
    SafetyCheck,
)
from mulian.core.packs.shapes.services import Purpose, Service
from mulian.core.packs.shapes.trials import Case, Reviews
from mulian.core.packs.shapes.work import Calendar, Clip, Hazard, Ladder, Promise, Topic

ROWS: dict[str, dict[str, type[Struct]]] = {
    "levels": {"level": Level},
    "roles": {"role": RoleTitle},
    "units": {"template": Template, "unit": Unit},
    "topics": {"topic": Topic},
    "hazards": {"hazard": Hazard},
    "glossary": {"term": Term},
    "clips": {"clip": Clip},
    "promises": {"promise": Promise},
    "calendars": {"calendar": Calendar},
    "services": {"service": Service, "purpose": Purpose},
    "duties": {"duty": Duty},
    "phrases": {"phrase": Phrase},
    "visits": {"visit": Visit},
    "register": {
        "group": Group,
        "item": Item,
        "need": Need,
        "document": Document,
        "institution": Institution,
        "check": SafetyCheck,
        "request": Request,
        "kept": Kept,
        "complaint": Complaint,
    },
    "campaigns": {"campaign": Campaign},
    "certificates": {"certificate": Certificate},
    "tests": {"case": Case},
}
WHOLE: dict[str, type[Struct]] = {
    "pack": About,
    "ladder": Ladder,
    "importing": Importing,
    "joint": Joint,
    "desk": Desk,
    "clocks": Clocks,
    "liaisons": Liaisons,
    "open311": Open311,
    "portal": Portal,
    "review": Reviews,
}

__all__ = ["ROWS", "WHOLE"]
