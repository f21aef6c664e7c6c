from __future__ import annotations

from collections.abc import Iterator

import pytest

from mulian.core.registry import also
from mulian.core.sync import answering, waiting
from mulian.core.sync.intake import WRITER
from tests.core.sync import phones


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Iterator[phones.Phone]:
    """A liaison's phone in a small county; replies do not wait, since nothing applies until `work()`."""
    monkeypatch.setattr(answering, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(waiting, "_in_vain", float("-inf"))
    with also(phones.MODULE):
        phones.county()
        yield phones.Phone.enrolled(phones.liaison())
        WRITER.stop()
