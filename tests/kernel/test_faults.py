"""An error is kept by kind and place; what it says about a person is not."""

from __future__ import annotations

from mulian.core.registry import resolve
from mulian.kernel import faults
from mulian.kernel.problems import Problem


def caught(raising: object) -> BaseException:
    try:
        if callable(raising):
            raising()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_the_message_is_left_out_and_the_place_kept() -> None:
    def quote() -> None:
        raise ValueError("卓玛 13800000000")

    found = faults.told(caught(quote))
    assert found.startswith("ValueError at ")
    assert "test_faults.py:" in found
    assert found.endswith(" quote")
    assert "卓玛" not in found
    assert "138" not in found


def test_a_line_of_somebody_else_s_is_told_with_the_line_of_ours_that_led_there() -> None:
    inner, ours = faults.place(caught(lambda: resolve("mulian.nowhere.act"))).split(" < ")
    assert "importlib" in inner
    assert "mulian/core/registry/__init__.py:" in ours


def test_a_code_is_no_message() -> None:
    def refuse() -> None:
        raise Problem("not_found", who="卓玛")

    assert faults.kind(caught(refuse)) == "mulian.kernel.problems.Problem not_found"


def test_an_error_never_raised_has_no_place() -> None:
    assert faults.told(KeyError("x")) == "KeyError"
