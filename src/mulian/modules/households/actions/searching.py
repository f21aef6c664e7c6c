"""Finding one household from the county: two identifiers and a reason, at most ten hits, logged (G8).

Whoever tries out name after name is slowed down, and the leaders of the county hear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access import scope
from mulian.core.access.limits import Shared
from mulian.core.access.models import Person
from mulian.core.areas import queries as areas
from mulian.core.areas.codes import Level, at_level
from mulian.core.events.log import append
from mulian.core.notify.actions import tell
from mulian.core.search.index import match
from mulian.kernel.actor import Actor, Role
from mulian.kernel.bucket import Buckets
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.actions.urging import leads
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.telephones import dialled
from mulian.modules.households.events import HouseholdsSearched, SearchesRefused
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, visible

MOST = 10
HOUR = 3600.0
SEARCHES = Shared("searches", Buckets(120, 60 / HOUR))
"""One person's: a desk where people call needs one or two a minute, and not for hours."""
NOTICE = "households.searches"
TITLE = N_("%(name)s searched for more families today than the work needs. Ask why.")
register(
    "households.two_identifiers",
    422,
    "Two things about the household are needed, and the reason.",
    "Fill in two of number, name, phone and village, and say why.",
)
register(
    "households.many_searches",
    422,  # a form shows it and keeps what was typed
    "Too many families were searched for in a short time.",
    "Wait a few minutes. The leaders of the county were told.",
)


def find_households(
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    number: str = "",
    name: str = "",
    phone: str = "",
    village: str = "",
) -> Sequence[Household]:
    """At most ten households that fit everything given. Raises `households.two_identifiers`, `many_searches`."""
    scope.require_any(actor, Permission.FIND)
    given = {"number": number, "name": name, "phone": phone, "village": village}
    terms = {key: value.strip() for key, value in given.items() if value.strip()}
    if "village" in terms and not _one_village(terms["village"]):
        del terms["village"]
    if len(terms) < 2 or not reason.strip():
        raise Problem("households.two_identifiers")
    if not SEARCHES.take(sha256(str(actor.person).encode()).hexdigest(), at.timestamp()):
        _tell_leaders(actor, at)
        raise Problem("households.many_searches")
    return _search(terms, reason, actor, at)


@transaction.atomic
def _search(terms: dict[str, str], reason: str, actor: Actor, at: datetime) -> list[Household]:
    places = [terms["village"]] if "village" in terms else []
    rows = visible(actor, at, permission=Permission.FIND, areas_only=places)
    rows = rows.filter(number=terms["number"]) if "number" in terms else rows
    rows = rows.filter(phone__in=dialled(terms["phone"])) if "phone" in terms else rows
    rows = rows.filter(id__in=match(KIND, terms["name"])) if "name" in terms else rows
    found = list(rows.order_by("number")[:MOST])
    searched = HouseholdsSearched(
        subject_id=actor.person,
        reason=reason.strip()[:200],
        found=[str(row.id) for row in found],
        terms=sorted(terms.values()),
    )
    append(searched, actor=actor, at=at, areas=places)
    note_reading(households=[row.id for row in found], way=Way.FOUND, actor=actor, at=at, why=reason)
    return found


@transaction.atomic
def _tell_leaders(actor: Actor, at: datetime) -> None:
    """Once a day and person; who searched is never the one who is told."""
    day = at.astimezone(CN).date().isoformat()
    searcher = Person.objects.get(id=actor.person)
    root = areas.root()
    leaders = set(leads(root.code, at, (Role.LEADER,))) if root else set()
    tell(
        persons=sorted(leaders - {searcher.id}, key=str), kind=NOTICE, title=TITLE, params={"name": searcher.name},
        link="/households/find/", subject_kind="person", subject_id=searcher.id, urgent=False,
        key=f"{NOTICE}:{searcher.id}:{day}", at=at,
    )  # fmt: skip
    append(SearchesRefused(subject_id=searcher.id), actor=actor, at=at)


def _one_village(code: str) -> bool:
    """A county or a township tells nothing of a household, so it does not count as one of the two things."""
    try:
        return at_level(code, Level.VILLAGE) is not None
    except ValueError:
        return False
