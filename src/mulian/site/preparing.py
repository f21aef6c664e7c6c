"""Makes an installation: folder, databases, a pack's places, and either synthetic people or one administrator."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings

from mulian.core.database import migrating
from mulian.core.database.closing import close_everything
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM, Role
from mulian.site import democlock, folder
from mulian.site.telling import step

SEEDED = "seeded"


def setup() -> None:
    """Django ready, with the demo clock where one is set."""
    django.setup()
    democlock.use(settings.MULIAN_CLOCK)


def prepare(*, scale: str, base_url: str) -> int:
    """Seeds the demo once; later starts only check it. A start that was killed half-way begins anew."""
    setup()
    data: Path = settings.MULIAN_DATA
    if not (data / SEEDED).exists():
        _clear(data)
        _migrate()
        _load_pack()
        with step(f"inventing people and households ({scale})"):
            _seed(scale)
        with step("making sounds for the teaching clips"):
            _fill_clips()
        folder.write_atomically(data / SEEDED, scale)
    else:
        _migrate()
    _open_epoch(data)
    _write_facts(data, base_url)
    close_everything()
    return 0


def init(*, administrator: str) -> int:
    """An empty installation of one pack with an administrator whose one-time password is printed once.

    On an installation that has people already: its database and places are brought up to date, nothing is lost.
    """
    data = Path(os.environ["MULIAN_DATA"]).absolute()
    folder.make(data)
    setup()
    with folder.lock(data):
        _migrate()
        _load_pack()
        _open_epoch(settings.MULIAN_DATA)
        from mulian.core.access.models import Person  # noqa: PLC0415 -- needs Django

        made = "" if Person.objects.exists() else _administrator(administrator)
    print(f"\n  {settings.MULIAN_DATA} is {made or 'up to date'}")
    print(f"  Start it:  MULIAN_DATA={settings.MULIAN_DATA} MULIAN_PACK={settings.MULIAN_PACK} mulian run\n")
    return 0


def _administrator(username: str) -> str:
    """Makes the first login; returns how to sign in."""
    from mulian.core.access import actions, tokens  # noqa: PLC0415 -- needs Django
    from mulian.core.areas import queries as areas  # noqa: PLC0415 -- as above

    now, password = clock.now(), tokens.make()[:14]
    person = actions.create_person(username=username, name=username, actor=SYSTEM, at=now, password=password)
    root = areas.root()
    assert root is not None
    actions.open_posting(person=person.id, role=Role.ADMINISTRATOR, area=root.code, actor=SYSTEM, at=now)
    return f"ready. Sign in as {username} with {password}"


def enrol(username: str) -> int:
    """Prints the code that makes a phone this person's, and its address as QR picture."""
    from mulian.core.access import devices  # noqa: PLC0415 -- needs Django
    from mulian.core.access.models import Person  # noqa: PLC0415 -- as above
    from mulian.kernel.problems import Problem  # noqa: PLC0415 -- beside the two above
    from mulian.site import qr  # noqa: PLC0415 -- as above

    person = Person.objects.filter(username=username).first()
    if person is None:
        raise Problem("not_found")
    code = devices.start_enrolment(person=person.id, actor=SYSTEM, at=clock.now())
    address = f"{settings.MULIAN_BASE_URL}/field/#enrol={code.token}"
    print(qr.text(address))
    print(
        f"  {person.name}: {code.digits}   or   {address}\n  works once, until {code.expires_at:%Y-%m-%d %H:%M} UTC"
    )
    return 0


def _clear(data: Path) -> None:
    """Removes what a killed first start left (never a database of a finished one)."""
    for path in data.glob("*.sqlite3*"):
        path.unlink()
    shutil.rmtree(data / "blobs", ignore_errors=True)


def _migrate() -> None:
    with step("making the database"):
        migrating.migrate()


def _load_pack() -> None:
    from mulian.core import packs  # noqa: PLC0415 -- needs settings
    from mulian.core.areas import actions as areas  # noqa: PLC0415 -- needs Django

    pack = packs.current()
    with step(f"reading the pack {settings.MULIAN_PACK}"):
        areas.load(
            pack=pack.code,
            areas=pack.area_rows(),
            units=pack.unit_rows(),
            points=pack.points,
            actor=SYSTEM,
            at=clock.now(),
        )


def _seed(scale: str) -> None:
    from mulian.core import packs  # noqa: PLC0415 -- needs settings
    from mulian.core.registry import modules, resolve  # noqa: PLC0415 -- as above

    found = [module for module in modules() if module.seed]
    for module in sorted(found, key=lambda m: m.seed_order):
        assert module.seed is not None
        resolve(module.seed)(pack=packs.current(), scale=scale, at=clock.now())


def _fill_clips() -> None:
    """Tones for the pack's clips, so that a demo's phones have some to keep; a county brings its own."""
    from mulian.core import packs  # noqa: PLC0415 -- needs settings
    from mulian.core.files.murmurs import murmur  # noqa: PLC0415 -- as above
    from mulian.site.field import clips  # noqa: PLC0415 -- as above

    clips.folder().mkdir(parents=True, exist_ok=True)
    for row in packs.current().rows("clips", "clip"):
        for language in ("bo", "zh"):
            sound = murmur(f"clip:{row['code']}:{language}", seconds=12.0)
            (clips.folder() / f"{row['code']}.{language}.weba").write_bytes(sound)


def _write_facts(data: Path, base_url: str) -> None:
    """`demo.json`, atomically and with the same tokens at every start on this folder."""
    from mulian.core.registry import modules, resolve  # noqa: PLC0415 -- needs settings

    facts: dict[str, object] = {"base_url": base_url}
    for module in modules():
        if module.demo_facts:
            facts |= resolve(module.demo_facts)()
    folder.write_atomically(data / "demo.json", json.dumps(facts, ensure_ascii=False, indent=1))


def _open_epoch(data: Path) -> None:
    from mulian.core.sync import epochs  # noqa: PLC0415 -- needs Django

    if epochs.open_epoch(data):
        print("  this database is older than what was already answered: a new epoch begins", file=sys.stderr)
