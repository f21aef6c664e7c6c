"""A sound or picture that comes after its report is told to the phones that hold the case, once it is decided."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import pytest

from mulian.core.events import deliveries, stamper
from mulian.core.files import inspection, murmurs, receiving
from mulian.core.files.tus import Creation
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")


def react(at: datetime) -> None:
    stamper.stamp(at)
    while deliveries.run_due(at):
        pass


def bring(line: Line, sound: bytes, at: datetime) -> str:
    """The bytes arrive whole and are looked at."""
    named, actor = sha256(sound).hexdigest(), line.world.actor("liaison", at)
    receiving.announce(
        creation=Creation(sha256=named, size=len(sound), mime=murmurs.MIME), actor=actor, at=at
    )
    parts = iter([sound, b""])
    receiving.receive(
        sha256=named, offset=0, length=len(sound), read=lambda _: next(parts), actor=actor, at=at
    )
    inspection.check_soon(named, at)
    return named


@pytest.mark.parametrize(
    ("sound", "expected"),
    [
        (murmurs.murmur("late", seconds=1.0), {"seconds": 1.0}),
        (b"no sound at all" * 40, {"state": "refused"}),
    ],
)
def test_a_voice_that_comes_later_is_a_patch_of_its_list(
    line: Line, sound: bytes, expected: dict[str, object]
) -> None:
    phone, other = Phone(line.world, "liaison", of=("case",)), Phone(line.world, "liaison2", of=("case",))
    named = sha256(sound).hexdigest()
    row = phone.send("cases.report", {"text": BRIDGE, "voice": {"sha256": named, "seconds": 1}})
    phone.pull()
    other.pull()
    assert phone.held["case", str(row.id)]["voices"] == [{"sha256": named, "state": "part"}]
    bring(line, sound, later(minutes=1))
    react(later(minutes=2))
    changes = phone.pull(later(minutes=2))
    assert [(c.op, set(c.data or {})) for c in changes] == [("patch", {"voices"})]
    assert phone.held["case", str(row.id)]["voices"] == [{"sha256": named} | expected]
    assert other.pull(later(minutes=2)) == []


def test_a_content_of_no_case_tells_nobody(line: Line) -> None:
    phone = Phone(line.world, "liaison", of=("case",))
    phone.send("cases.report", {"text": BRIDGE})
    phone.pull()
    bring(line, murmurs.murmur("nobody's", seconds=1.0), later(minutes=1))
    react(later(minutes=2))
    assert phone.pull(later(minutes=2)) == []
