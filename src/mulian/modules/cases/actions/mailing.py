"""The e-mail door: a letter becomes a case once, whoever sent it gets the number, machines get no answer."""

from __future__ import annotations

import imaplib
import io
import logging
import smtplib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from mulian.core.access.limits import Shared
from mulian.core.access.visitors import key_of
from mulian.core.files.taking import take
from mulian.core.providers.letters import Enclosed, Letter, Unreadable, read
from mulian.core.providers.mailbox import Mailbox, configured
from mulian.kernel.bucket import Buckets
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.cases.actions.knocking import Knock, knock, visitor
from mulian.modules.cases.actions.said import TEXT_LIMIT, Voice
from mulian.modules.cases.domain.doors import Door
from mulian.modules.cases.domain.following_code import shown
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.models import Letter as Row

DAY = 86_400.0
SENDERS = Shared("letters", Buckets(10, 10 / DAY))
"""Letters one sender may send before the rest is held back for an officer."""
CONFIRMED = Shared("confirmations", Buckets(5, 5 / DAY))
"""Confirmations one address gets: whoever forges senders cannot make us flood somebody."""
OTHER = "zh-hans"
log = logging.getLogger(__name__)


def sweep_mailbox(now: datetime) -> int:
    """Reads what is unread; returns how many letters became reports. A silent server is tried again later."""
    box = configured()
    if box is None:
        return 0
    done = 0
    try:
        for raw in box.unread():
            done += take_letter(raw, box=box, at=now)
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("the mailbox cannot be read: %s", type(error).__name__)
    return done


def take_letter(raw: bytes, *, box: Mailbox, at: datetime) -> bool:
    """One letter; True when it became a report. The same Message-ID again does nothing."""
    try:
        letter = read(raw, own=box.address)
    except Unreadable:
        log.warning("a letter of %d bytes cannot be read", len(raw))
        return False
    code = _report(letter, at)
    if code and not letter.automatic:
        _confirm(letter, code, box, at)
    return bool(code)


@transaction.atomic
def _report(letter: Letter, at: datetime) -> str:
    """Its code; empty for a letter seen before, and for one a machine sent or that says nothing."""
    known, fresh = Row.objects.get_or_create(digest=letter.digest, defaults={"verdict": "new", "read_at": at})
    if not fresh:
        return ""
    id = uuid7(at)
    said = _said(letter, id, at)
    if letter.automatic or not (said.text or said.voice or said.photos):
        Row.objects.filter(pk=known.pk).update(verdict="automatic" if letter.automatic else "empty")
        return ""
    over = not SENDERS.take(key_of(letter.sender.lower(), at), at.timestamp())
    code = knock(said, at=at, because=HeldReport.Because.ADDRESS if over else "")
    Row.objects.filter(pk=known.pk).update(report=id, verdict="held" if over else "taken")
    return code


def _said(letter: Letter, id: UUID, at: datetime) -> Knock:
    language = language_of(letter.text) or OTHER
    said = Knock(id=id, language=language, text=letter.text, reach=letter.sender, door=Door.EMAIL)
    if letter.automatic:
        return said
    left = list(letter.left)
    for enclosed in letter.enclosed:
        used = _with(said, enclosed, at)
        if used is None:
            left.append(enclosed.name or enclosed.mime)
        said = used or said
    return replace(said, text=_naming(said.text, left))


def _with(said: Knock, enclosed: Enclosed, at: datetime) -> Knock | None:
    """With a photo, or the first sound; None when it cannot be used."""
    if said.voice and not enclosed.mime.startswith("image/"):
        return None
    try:
        sha256 = take(sent=_Bytes(enclosed.content), mime=enclosed.mime, actor=visitor(said.language), at=at)
    except Problem:
        return None
    if enclosed.mime.startswith("image/"):
        return replace(said, photos=(*said.photos, sha256))
    return replace(said, voice=Voice(sha256=sha256, mime=enclosed.mime))


def _naming(text: str, left: Sequence[str]) -> str:
    """The words, and what came with them and cannot be used, so that nobody misses it unknowing."""
    marks = "".join(f"\n[✗ {name}]" for name in left)
    return f"{text[: TEXT_LIMIT - len(marks)]}{marks}".strip()


class _Bytes(io.BytesIO):
    """Bytes that know how many they are."""

    @property
    def size(self) -> int:
        return len(self.getbuffer())


def _confirm(letter: Letter, code: str, box: Mailbox, at: datetime) -> None:
    if not CONFIRMED.take(key_of(letter.sender.lower(), at), at.timestamp()):
        return
    with translation.override(language_of(letter.text) or OTHER):
        subject = gettext("Your report has arrived")
        text = gettext("With this number you see at the public page what becomes of it:")
    try:
        box.confirm(
            to=letter.sender, subject=subject, text=f"{text}\n\n{shown(code)}\n", answers=letter.message_id
        )
    except (OSError, smtplib.SMTPException) as error:
        log.warning("a confirmation was not sent: %s", type(error).__name__)
