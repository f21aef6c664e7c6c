"""The cast with the phone that made the golden commands, and the key they were sealed to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from mulian.core.access import devices
from mulian.core.access.models import Person
from mulian.core.sync import answering, sealing
from mulian.core.sync.intake import WRITER
from mulian.core.sync.models import ServerKey
from mulian.kernel import clock
from tests import world as cast
from tests.core.sync.phones import Phone
from tests.world import AT, World

GOLDEN = Path(__file__).parent / "golden"
DEVICE = UUID("01990000-0000-7000-8000-00000000d001")
TOKEN = "golden-token"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[World]:
    """Replies do not wait, since nothing applies until `work()`; requests happen at the cast's moment."""
    settings.MULIAN_DATA = tmp_path
    monkeypatch.setattr(answering, "WAIT_SECONDS", 0.0)
    with clock.use(clock.FixedClock(AT)):
        with transaction.atomic():
            built = cast.build()
        yield built
        WRITER.stop()


@pytest.fixture
def phone(world: World) -> Phone:
    """The liaison's phone that made everything in golden/, in a county that still has the key of then."""
    person = Person.objects.get(id=world.people["liaison"])
    with transaction.atomic():
        devices.add_device(person=person, token=TOKEN, id=DEVICE, at=AT)
    pem = (GOLDEN / "server-key.pem").read_bytes()
    private = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    numbers = private.public_key().public_numbers()
    jwk = {"kty": "EC", "crv": "P-256", "x": sealing._b64u(numbers.x), "y": sealing._b64u(numbers.y)}
    ServerKey.objects.create(kid="golden", private_pem=pem.decode(), public_jwk=jwk, created_at=AT)
    return Phone(person.id, TOKEN, DEVICE)
