"""Many connections at once, and connections that break, with real transactions and a real socket (F4)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from mulian.core.files.models import Blob, Upload
from mulian.core.files.storage import Storage
from tests.core.files import samples
from tests.core.files.conftest import GRIDS, Phone, sha
from tests.core.files.emptying import rows_of_migrations as rows_of_migrations
from tests.core.files.emptying import unguarded_log as unguarded_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rows_of_migrations")]
VOICE = samples.voice("audio/webm", 2.0)


def test_twelve_phones_send_one_content_at_once(phone_of: Callable[[str], Phone], place: Storage) -> None:
    phones = [phone_of(GRIDS[n % 2]) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(_send, phones))
    assert answers == [204] * 12
    assert place.blob(sha(VOICE)).read_bytes() == VOICE
    assert (Blob.objects.get().state, Upload.objects.exclude(finished_at=None).count()) == ("ready", 12)


def test_one_phone_sending_twice_at_once_ends_with_one_content(phone: Phone, place: Storage) -> None:
    phone.announce(VOICE)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: _send(phone), range(6)))
    assert 204 in answers
    assert set(answers) <= {204, 409, 423}
    assert place.blob(sha(VOICE)).read_bytes() == VOICE
    assert Upload.objects.count() == 1


def _send(phone: Phone) -> int:
    try:
        status: int = phone.send(VOICE).status_code
        return status
    finally:
        connections.close_all()


def test_connection_cut_anywhere_loses_at_most_what_was_not_sent(
    phone: Phone, live_server: Any, place: Storage
) -> None:
    """On a real socket: after each cut the phone asks where it stands and goes on there (F4)."""
    phone.announce(VOICE)
    host, _, port = live_server.url.removeprefix("http://").partition(":")
    offset = 0
    while offset < len(VOICE):
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(_patch(phone, offset, VOICE[offset : offset + 512]))
            line.shutdown(socket.SHUT_WR)
            line.recv(4096)
        here = int(phone.head(sha(VOICE))["Upload-Offset"])
        assert here == min(offset + 512, len(VOICE))
        offset = here
    assert place.blob(sha(VOICE)).read_bytes() == VOICE


def _patch(phone: Phone, offset: int, piece: bytes) -> bytes:
    """A request that promises the whole rest and then breaks off."""
    lines = (
        f"PATCH /field/files/{sha(VOICE)} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Device {phone.token}",
        "Tus-Resumable: 1.0.0",
        f"Upload-Offset: {offset}",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {len(VOICE) - offset}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + piece
