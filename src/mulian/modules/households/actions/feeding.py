"""Takes a department's feed: a folder's newest file, or what an https address answers, by the path of all tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from mulian.core.providers import outbound
from mulian.core.sheets.limits import LARGEST
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.importing import applying, mapping
from mulian.modules.households.actions.importing.comparing import compare
from mulian.modules.households.actions.importing.mapping import map_columns
from mulian.modules.households.actions.importing.taking import Bringing, digest_of, take_table
from mulian.modules.households.domain.feeds import FeedSource
from mulian.modules.households.models import Feed, Import, ImportLine
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.feeds import feeds

SECONDS = 60.0
KINDS = (".xlsx", ".csv")


def take_due(now: datetime) -> int:
    """The timer's sweep: every feed whose hour has come; one that fails keeps none of the others back."""
    due = set(Feed.objects.filter(due_at__gt=now).values_list("name", flat=True))
    asked = [one for one in feeds().values() if one.name not in due]
    for one in asked:
        try:
            take_feed(one, now)
        except Problem:
            continue
    return len(asked)


def take_feed(one: FeedSource, now: datetime) -> Import | None:
    """Takes what is new; None when it is what was taken last. Raises Problems, which the feed's line shows as well."""
    known = Feed.objects.filter(name=one.name).first()
    try:
        with _content(one) as (file, name):
            digest = digest_of(file)
            if known is not None and known.digest == digest:
                _note(one, now)
                return None
            row = _brought(one, file, name, digest, now)
    except Problem as problem:
        _note(one, now, problem=problem.code)
        raise
    _note(one, now, digest=digest, table=row, taken_at=now)
    return row


def feed_named(name: str) -> FeedSource:
    """Raises `households.no_feed`."""
    found = feeds().get(name)
    if found is None:
        raise Problem("households.no_feed")
    return found


def _brought(one: FeedSource, file: IO[bytes], name: str, digest: str, now: datetime) -> Import:
    """The id follows from the content, so a kill between taking and noting makes no second table."""
    about = Bringing(
        area=one.area, source=one.source, purpose=one.purpose, known_by=one.known_by, file_name=name
    )
    row = take_table(id=_table_id(one, digest), file=file, about=about, actor=SYSTEM, at=now)
    if row.state == Import.State.MAPPING and one.by_itself:
        _go_on(row, now)
    row.refresh_from_db()
    return row


def _table_id(one: FeedSource, digest: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mulian:feed:{one.name}:{digest}")


def _go_on(row: Import, now: datetime) -> None:
    """As a person would, as far as nothing is doubtful: meanings known, compared, taken over by the worker."""
    try:
        map_columns(table=row.id, mapping=mapping.suggested(row), actor=SYSTEM, at=now)
    except Problem:
        return  # a person says what the columns mean
    row.refresh_from_db()
    compare(row, now)
    heads = queries.heads(row)
    if heads.filter(state=ImportLine.State.DOUBTFUL).exists():
        return
    if heads.filter(state__in=applying.DUE).exists():
        applying.apply_table(table=row.id, actor=SYSTEM, at=now)


@contextmanager
def _content(one: FeedSource) -> Iterator[tuple[IO[bytes], str]]:
    with TemporaryFile() as copy:
        name = _fetched(one, copy) if one.remote else _copied(one, copy)
        copy.flush()
        yield copy, name


def _copied(one: FeedSource, copy: IO[bytes]) -> str:
    """The newest table of the folder; links are not followed."""
    try:
        with os.scandir(Path(one.place)) as entries:
            found = [
                e for e in entries if e.is_file(follow_symlinks=False) and e.name.lower().endswith(KINDS)
            ]
    except OSError:
        found = []
    if not found:
        raise Problem("households.feed_empty")
    newest = max(found, key=lambda e: (e.stat(follow_symlinks=False).st_mtime_ns, e.name))
    with open(newest.path, "rb") as file:
        copy.write(_limited(file.read(LARGEST + 1)))
    return newest.name


def _fetched(one: FeedSource, copy: IO[bytes]) -> str:
    """By the client that reaches nothing inside but what the settings list; redirects are not followed."""
    headers = {"Accept": "*/*"} | ({"Authorization": f"Bearer {one.token}"} if one.token else {})
    try:
        answer = outbound.get(one.place, headers, inside=one.inside, timeout=SECONDS, most=LARGEST + 1)
    except outbound.Unreachable:
        raise Problem("households.feed_silent") from None
    if answer.status != 200:
        raise Problem("households.feed_silent")
    copy.write(_limited(answer.body))
    return urlsplit(one.place).path.rpartition("/")[2] or one.name


def _limited(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Problem("sheets.too_large")
    return content


@transaction.atomic
def _note(one: FeedSource, now: datetime, **what: object) -> None:
    facts = {"asked_at": now, "due_at": now + one.every, "problem": "", **what}
    Feed.objects.update_or_create(name=one.name, defaults=facts)
