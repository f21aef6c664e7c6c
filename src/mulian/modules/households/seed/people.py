"""Writes the staff: logins, duties, rotas, keys and phones, in bulk, one event for the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from mulian.core.access import api_tokens, devices, openrosa_keys, tokens, version
from mulian.core.access.models import DutyShift, Person, Posting
from mulian.core.areas.models import Unit
from mulian.core.events.log import append
from mulian.core.packs import Pack
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.clock import CN
from mulian.modules.households.events import StaffSeeded
from mulian.modules.households.seed.cast import Worker, accounts, phone_liaisons, seeded_id

UNUSABLE = "!seeded"
OPENROSA_SALT = "demo"
ROTA_DAYS = 30
HALF_DAY = timedelta(hours=12)


def password_of(username: str) -> str:
    """The demo password of an account: three groups of four, the same at every start on a folder."""
    secret = tokens.derived(f"password:{username}")
    return "-".join((secret[:4], secret[4:8], secret[8:12]))


def api_token_of(username: str) -> str:
    return tokens.derived(f"api:{username}")


def device_token_of(username: str) -> str:
    return tokens.derived(f"device:{username}")


def openrosa_key_of(username: str) -> str:
    return openrosa_keys.key_of(seeded_id("device", username), OPENROSA_SALT)


@transaction.atomic
def write_people(workers: Iterable[Worker], *, since: datetime, at: datetime) -> int:
    """Logins of all, duties of those who serve (`q…` names are qualified only)."""
    rows = {worker.username: worker for worker in workers}.values()
    units = dict(Unit.objects.values_list("code", "id"))
    hashes = _hashes([worker.username for worker in rows if worker.account])
    Person.objects.bulk_create(
        [_person(worker, hashes.get(worker.username, UNUSABLE), since) for worker in rows], batch_size=500
    )
    serving = [worker for worker in rows if not worker.username.startswith("q")]
    Posting.objects.bulk_create(
        [
            Posting(
                id=seeded_id("posting", worker.username),
                person_id=worker.id,
                role=worker.role,
                area_id=worker.area,
                unit_id=units[worker.unit] if worker.unit else None,
                topics=[],
                valid_from=since,
            )
            for worker in serving
        ],
        batch_size=500,
    )
    version.bump()
    append(StaffSeeded(subject_id=seeded_id("batch", "staff"), people=len(rows)), actor=SYSTEM, at=at)
    return len(rows)


def _hashes(usernames: list[str]) -> dict[str, str]:
    """A password takes a tenth of a second on purpose; the hash leaves the interpreter, so threads help."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(usernames, pool.map(make_password, map(password_of, usernames)), strict=True))


def _person(worker: Worker, password: str, since: datetime) -> Person:
    return Person(
        id=worker.id,
        username=worker.username,
        name=worker.shown_name,
        language=worker.language,
        password=password,
        created_at=since,
    )


@transaction.atomic
def write_keys(pack: Pack, at: datetime) -> None:
    """A program's key for each account, and the demo's phones."""
    people = Person.objects.in_bulk([worker.id for worker in accounts(pack)])
    for worker in accounts(pack):
        api_tokens.add(person=people[worker.id], token=api_token_of(worker.username), at=at, label="demo")
    for worker in phone_liaisons(pack):
        device = devices.add_device(
            person=people[worker.id],
            token=device_token_of(worker.username),
            at=at,
            id=seeded_id("device", worker.username),
        )
        openrosa_keys.set_key(device=device.id, salt=OPENROSA_SALT)


@transaction.atomic
def write_rota(workers: Iterable[Worker], at: datetime) -> int:
    """Shifts of 12 hours for 30 days before and after: one on duty, one listener for each language, one leader."""
    centre = Unit.objects.get(kind=Unit.Kind.COUNTY_CENTRE)
    officers = [w for w in workers if w.role == Role.COUNTY_DUTY]
    leaders = [w for w in workers if w.role == Role.LEADER]
    shifts = list(_shifts(officers, leaders, at))
    DutyShift.objects.bulk_create(
        [
            DutyShift(
                id=seeded_id("shift", f"{kind}:{language}:{worker.username}:{starts.isoformat()}"),
                unit=centre,
                person_id=worker.id,
                kind=kind,
                language=language,
                starts=starts,
                ends=starts + HALF_DAY,
            )
            for worker, kind, language, starts in shifts
        ],
        batch_size=500,
    )
    return len(shifts)


def _shifts(
    officers: list[Worker], leaders: list[Worker], at: datetime
) -> Iterator[tuple[Worker, str, str, datetime]]:
    """Day shifts begin at 08:00, night shifts at 20:00 in the county."""
    today = at.astimezone(CN).replace(hour=8, minute=0, second=0, microsecond=0)
    for turn in range(-2 * ROTA_DAYS, 2 * ROTA_DAYS):
        starts = today + turn * HALF_DAY
        yield officers[turn % len(officers)], "duty", "", starts
        yield leaders[turn // 2 % len(leaders)], "duty", "", starts
        for language in ("zh-hans", "bo"):
            able = [w for w in officers if w.language == language] or officers
            yield able[turn % len(able)], "listening", language, starts
