"""Cases whose topic a person has said: what may be learnt from, read where it lies and copied nowhere."""

from __future__ import annotations

from django.db.models import QuerySet

from mulian.modules.cases.domain.classifying.hints import hints
from mulian.modules.cases.domain.classifying.rows import TRANSCRIPT, Row, held_out
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.models import NO_COMPLAINT, Case, ListeningItem
from mulian.modules.cases.queries.rules import rules

MOST = 40_000
"""The newest so many are learnt from."""
_NO_TOPIC = (Kind.TEST, Kind.CANCELLED)


def number() -> int:
    """How many there are."""
    return _confirmed().count()


def parted() -> tuple[list[Row], list[Row]]:
    """(to learn from, held out): a case is held out by its id, for ever, so that no model has ever learnt from it."""
    learn: list[Row] = []
    measure: list[Row] = []
    heard = set(
        ListeningItem.objects.filter(
            about=ListeningItem.About.REPORT, state=ListeningItem.State.DONE
        ).values_list("case_id", flat=True)
    )
    newest = _confirmed().order_by("-received_at", "id").values_list("id", "text", "topic")[:MOST]
    for id, text, topic in newest:
        row = Row(text, topic, (TRANSCRIPT,) if id in heard else ())
        (measure if held_out(str(id)) else learn).append(row)
    return learn, measure


def words() -> list[Row]:
    """The pack's own words: a topic nobody has reported yet is known by them."""
    return hints(rules().topics)


def _confirmed() -> QuerySet[Case]:
    """Complaints about somebody are left out: their words are theirs alone."""
    rows = Case.unscoped.because("learns what words stand for which topic; keeps no case and no person")
    found: QuerySet[Case] = rows.filter(
        NO_COMPLAINT, topic_by=Case.TopicBy.PERSON, topic__in=list(rules().topics.by_code)
    )
    return found.exclude(text="").exclude(kind__in=_NO_TOPIC)
