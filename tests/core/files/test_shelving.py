"""What the throw-away child says of several files is heard whole, or nothing is kept."""

from __future__ import annotations

import pytest

from mulian.core.child.starting import Ended
from mulian.core.files.shelving import NotShelved, _heard


@pytest.mark.parametrize(("code", "answer"), [(1, b"[]"), (-9, b""), (0, b""), (0, b'[{"refused": "", "na')])
def test_a_child_that_died_or_was_cut_off_is_no_empty_answer(code: int, answer: bytes) -> None:
    with pytest.raises(NotShelved) as refused:
        _heard(Ended(code, answer))
    assert refused.value.code == "files.unreadable"


def test_each_verdict_is_heard() -> None:
    assert _heard(Ended(0, b'[{"refused": "", "name": "a.png"}]')) == [{"refused": "", "name": "a.png"}]
    with pytest.raises(NotShelved) as refused:
        _heard(Ended(0, b'[{"refused": "files.wrong_type", "name": "b"}]'))
    assert (refused.value.code, refused.value.name) == ("files.wrong_type", "b")
