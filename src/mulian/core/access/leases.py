"""Leases: for how long a phone may open what it holds, and how an expired one is opened again.

A phone's data key needs its PIN *and* the county's share. The phone keeps the share for `DAYS` without contact, then
drops it. The full token lies under that key too, so a phone whose lease is over asks with its push token and a proof
derived from the PIN: guesses are then counted here, where no thief can set the counter back (ADR 0018).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from mulian.core.access import tokens, version
from mulian.core.access.devices import Known
from mulian.core.access.events import DevicePinSet, DeviceShareDropped
from mulian.core.access.models import Device
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem, register

DAYS = 14
FREE_GUESSES, MOST_GUESSES = 5, 10
"""Wrong PINs without a wait, and the one at which the share is gone for good."""
FIRST_WAIT = timedelta(minutes=1)

register("lease.wrong_pin", 403, "This is not the PIN of the phone.", "Try again, or ask for a new code.")
register("lease.wait", 429, "The PIN was wrong too often.", "Wait a little and try again.")
register("lease.gone", 410, "This phone needs a new code.", "Ask the village lead for a new code.")


@dataclass(frozen=True)
class Lease:
    """The share (base64) and for how many days without contact the phone may keep it."""

    share: str
    days: int = DAYS


@transaction.atomic
def renew(*, known: Known, proof: str, at: datetime) -> Lease:
    """For an open phone (full token). `proof` is stored when it is new; empty while no PIN is chosen.

    A phone enrolled before there were leases gets its share now. Raises `device_revoked`, `device_locked`.
    """
    if known.push_only:
        raise Problem("device_locked")
    row = _row(known)
    if not row.share and not row.proof_hash:
        row.share = tokens.share()
    if proof and row.proof_hash != tokens.digest(proof):
        row.proof_hash = tokens.digest(proof)
        append(DevicePinSet(subject_id=row.person_id, device=str(row.id)), actor=SYSTEM, at=at)
    row.wrong_proofs, row.wait_until = 0, None
    row.save(update_fields=["share", "proof_hash", "wrong_proofs", "wait_until"])
    return _lease(row)


def reopen(*, known: Known, proof: str, at: datetime) -> Lease:
    """For a phone whose lease is over. A wrong proof is counted, in its own commit, before it is refused.

    Raises `lease.wrong_pin`, `lease.wait` (429), `lease.gone` (410: no share left, or never a PIN),
    `device_revoked`.
    """
    with transaction.atomic():
        row = _row(known)
        if not row.share or not row.proof_hash:
            raise Problem("lease.gone")
        if row.wait_until and row.wait_until > at:
            raise Problem("lease.wait")
        right = hmac.compare_digest(row.proof_hash, tokens.digest(proof))
        if right:
            Device.objects.filter(id=row.id).update(wrong_proofs=0, wait_until=None)
        else:
            _count(row, at)
    if not right:
        raise Problem("lease.wrong_pin")
    return _lease(row)


def push_token(known: Known) -> str:
    """A new push token for a phone that has none (enrolled before there was one); an old one ends."""
    if known.push_only:
        raise Problem("device_locked")
    token = tokens.make()
    with transaction.atomic():
        Device.objects.filter(id=known.device).update(push_hash=tokens.digest(token))
        version.bump()
    return token


def _row(known: Known) -> Device:
    row = Device.objects.select_for_update().get(id=known.device)
    if row.revoked_at or known.actor is None:
        raise Problem("device_revoked")
    return row


def _count(row: Device, at: datetime) -> None:
    """After the fifth wrong PIN a minute's wait, after each further one twice as long; the tenth ends it."""
    wrong = row.wrong_proofs + 1
    wait = at + FIRST_WAIT * 2 ** (wrong - FREE_GUESSES) if wrong >= FREE_GUESSES else None
    Device.objects.filter(id=row.id).update(wrong_proofs=F("wrong_proofs") + 1, wait_until=wait)
    if wrong >= MOST_GUESSES:
        Device.objects.filter(id=row.id).update(share="")
        append(DeviceShareDropped(subject_id=row.person_id, device=str(row.id)), actor=SYSTEM, at=at)


def _lease(row: Device) -> Lease:
    if not row.share:
        raise Problem("lease.gone")
    return Lease(row.share)
