"""Put a subject's text into the index, take it out, find subjects by text.

`match` only finds; join it to a scoped queryset, which decides who sees what:
`Case.objects.visible_to(actor, "cases.view", at=at).filter(id__in=match("case", q))`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mulian.core.database.rows import insert_values
from mulian.core.database.vendor import Aside, is_postgresql
from mulian.core.search.fields import Matches, more_hold
from mulian.core.search.models import SearchEntry
from mulian.kernel import text

MANY = 4000
"""Matches from which on looking each of them up costs more than asking the first few thousand subjects."""
_AGAIN = (
    " ON CONFLICT (subject_kind, subject_id)"
    " DO UPDATE SET tokens = excluded.tokens, indexed_at = excluded.indexed_at"
)
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def index(*, kind: str, id: UUID, text: str, at: datetime) -> None:
    """Make a subject findable by `text` alone; what was indexed for it before is replaced."""
    index_many(kind=kind, texts={id: text}, at=at)


def index_many(*, kind: str, texts: Mapping[UUID, str], at: datetime) -> None:
    """The same for many subjects with one statement."""
    names = ("subject_kind", "subject_id", "tokens", "indexed_at")
    rows = [(kind, id, stored(words), at) for id, words in texts.items()]
    insert_values(SearchEntry, names, rows, ending=_AGAIN)


def remove(*, kind: str, ids: Iterable[UUID]) -> None:
    """Make subjects unfindable (erasure, retention); unknown ones are no error."""
    SearchEntry.objects.filter(subject_kind=kind, subject_id__in=list(ids)).delete()


def match(kind: str, query: str) -> QuerySet[SearchEntry, Any]:
    """The ids (a subquery, one column) of the subjects of a kind that hold every word of the query.

    Latin and digits match as prefixes. A query without any word, such as punctuation, finds nothing.
    """
    terms = text.query(query)
    return (_found(kind, terms) if terms else SearchEntry.objects.none()).values("subject_id")


def holds(kind: str, query: str) -> Q:
    """The same as a condition on subjects that are read in some order and only up to a limit.

    What few hold is looked up; for what many hold each subject is asked in turn, so that the first page of a common
    word costs no more than that of a rare one.
    """
    terms = text.query(query)
    if not terms or is_postgresql() or not more_hold(MANY, terms):
        return Q(pk__in=match(kind, query))
    return Q(Exists(_found(kind, terms, each=True).filter(subject_id=OuterRef("pk"))))


def _found(kind: str, terms: list[text.Term], *, each: bool = False) -> QuerySet[SearchEntry]:
    if each:
        return SearchEntry.objects.filter(Matches(terms, each=True), subject_kind=kind)
    rows = SearchEntry.objects.alias(of_kind=Aside(F("subject_kind")))
    return rows.filter(Matches(terms), of_kind=kind)


def stored(words: str) -> str:
    """The distinct tokens of a text, and each Chinese character alone, so that one character is a query
    too.
    """
    alone = " ".join(_CHINESE.findall(words))
    return " ".join(sorted({*text.tokens(words), *text.tokens(alone)}))
