"""The same submission several times at the same moment, as impatient lines and programs send it: one effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from mulian.core.files.models import Blob, BlobUse
from tests.gateways.openrosa.conftest import Collect, filled, picture, rows, said

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
COPIES = 6
PHOTO = "<pens><photo>1.jpg</photo></pens>"


def test_copies_at_once_have_one_effect(collect: Collect) -> None:
    def send(_: int) -> int:
        try:
            return said(Collect(collect.key).send(filled(PHOTO), {"1.jpg": picture()}))[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(COPIES) as pool:
        assert list(pool.map(send, range(COPIES))) == [201] * COPIES
    (row,) = rows()
    assert (row.state, row.missing) == ("kept", ())
    assert Blob.objects.count() == BlobUse.objects.count() == 1
