from __future__ import annotations

from collections.abc import Iterator

import pytest

from mulian.kernel import clock
from tests.access import setting
from tests.access.setting import Setting
from tests.world import AT


@pytest.fixture
def made(db: None) -> Iterator[Setting]:
    """The cast and their things, at a moment that stands still."""
    with clock.use(clock.FixedClock(AT)):
        yield setting.make()
    setting.forget()
