"""What the worker's loops do first when they cannot do everything."""

from __future__ import annotations

import pytest

from mulian.core.events import stamper
from mulian.core.registry import also
from mulian.site.runtime import Deliver, Line
from tests.core.events import happenings
from tests.core.events.happenings import NOW, happen, module

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_reactions_take_only_a_little_while_the_line_is_behind() -> None:
    happenings.handled.clear()
    line = Line()
    deliver = Deliver(line)
    with also(module("write_down")):
        first = happen(1)
        stamper.stamp(NOW)
        line.behind = True
        assert deliver(NOW) == 1
        second = happen(2)
        stamper.stamp(NOW)
        assert deliver(NOW) == 0
        line.behind = False
        assert deliver(NOW) == 1
    assert happenings.handled == [first, second]
