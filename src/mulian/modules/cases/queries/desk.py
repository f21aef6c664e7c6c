"""The listening desk's queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, QuerySet, Value
from django.db.models import Case as When
from django.db.models import When as If

from mulian.core.access.models import DutyShift
from mulian.core.files.queries import Attached, attached_to
from mulian.kernel.actor import Actor
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission

DUTY = DutyShift.Kind.DUTY


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A voice on the queue. `mine`: I hold it, or it is my turn."""

    item: ListeningItem
    case: Case
    voices: list[Attached]
    mine: bool

    def free(self, person: UUID) -> bool:
        """Whether this person may still write it down."""
        taken = self.item.claimed_by_id not in (None, person)
        return self.item.state != ListeningItem.State.DONE and not taken


def queue(actor: Actor, at: datetime, limit: int = 100) -> list[Waiting]:
    """Voices nobody has written down, urgent first, then one's own turn and language, then the oldest."""
    return _with_voices(list(queue_order(_open(actor, at), actor)[:limit]), actor)


def mine(actor: Actor, at: datetime) -> Waiting | None:
    """The voice this listener holds."""
    held = _open(actor, at).filter(state=ListeningItem.State.CLAIMED, claimed_by=actor.person)
    found = _with_voices(list(held[:1]), actor)
    return found[0] if found else None


def one(id: UUID, actor: Actor, at: datetime) -> Waiting | None:
    """Any voice within the actor's scope, also one that is written down."""
    found = _with_voices(list(_seen(actor, at).filter(id=id)), actor)
    return found[0] if found else None


def number(actor: Actor, at: datetime) -> int:
    """How many voices wait."""
    return _open(actor, at).count()


def queue_order(rows: QuerySet[ListeningItem], actor: Actor) -> QuerySet[ListeningItem]:
    """Urgent first, then what this listener was asked for, then what is in their language, then the oldest."""
    asked = When(If(asked=actor.person, then=Value(True)), default=Value(False), output_field=BooleanField())
    spoken = When(
        If(language=actor.language, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return rows.annotate(_asked=asked, _spoken=spoken).order_by(
        "-urgent", "-_asked", "-_spoken", "created_at", "id"
    )


def _open(actor: Actor, at: datetime) -> QuerySet[ListeningItem]:
    return _seen(actor, at).exclude(state=ListeningItem.State.DONE)


def _seen(actor: Actor, at: datetime) -> QuerySet[ListeningItem]:
    seen = Case.objects.visible_to(actor, Permission.LISTEN, at=at).values("id")
    rows = ListeningItem.objects.filter(case__in=seen)
    return rows.select_related("case", "case__area", "claimed_by", "asked", "listener")


def _with_voices(items: list[ListeningItem], actor: Actor) -> list[Waiting]:
    media = attached_to(subject_kind="case", subject_ids=[item.case_id for item in items]) if items else {}
    return [
        Waiting(
            item=item,
            case=item.case,
            voices=[each for each in media.get(item.case_id, []) if each.role == f"{item.about}_voice"],
            mine=actor.person in (item.claimed_by_id, item.asked_id),
        )
        for item in items
    ]
