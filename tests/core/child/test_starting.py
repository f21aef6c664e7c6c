"""G21: whatever a throw-away child does, the server hears how it ended, in time, and goes on.

Python's own `code` stands in for a child: it does what stands on its input, line by line.
"""

from __future__ import annotations

import json
import os
import select
import signal
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from mulian.core.child.starting import Ended, run

MOST = 1000
KILLED = -signal.SIGKILL
LIMITS = "from mulian.core.child.limits import limit; limit(cpu=7, memory=400 << 20, written=0, files=16)"


def told(*lines: str, seconds: float = 60, **more: object) -> Ended:
    """What became of a child that was told these lines; the prompts between its words are left out."""
    given = "\n".join(["import os, sys, time, resource, subprocess", *lines, ""]).encode()
    ended = run("code", given, seconds=seconds, most=MOST, **more)  # type: ignore[arg-type]
    return Ended(ended.code, ended.said.replace(b">>> ", b"").replace(b"... ", b""))


def say(words: str) -> str:
    return f"_ = os.write(1, {words})"


END = "os._exit(0)"


@pytest.mark.parametrize(
    ("lines", "ended"),
    [
        pytest.param([say("b'right'"), END], Ended(0, b"right"), id="does as it was told"),
        pytest.param([say("b'half'"), "os._exit(3)"], Ended(3, b"half"), id="dies"),
        pytest.param([say("b'{\"ha'"), "os.kill(os.getpid(), 9)"], Ended(KILLED, b'{"ha'), id="cut off"),
        pytest.param(["_ = os.write(2, b'!' * 300_000)", END], Ended(0, b""), id="complains, unheard"),
        pytest.param(["os._exit(0)" + "\n" * 1_000_000], Ended(0, b""), id="does not listen"),
        pytest.param([LIMITS, "b = bytearray(1 << 30)", "os._exit(len(b))", "os._exit(4)"], Ended(4, b""), id="memory"),
        pytest.param([LIMITS, "open('x', 'wb').write(b'x').close()", "os._exit(5)"], Ended(5, b""), id="writes a file"),
        pytest.param([say("' '.join(os.environ).encode()"), END], Ended(0, b"MALLOC_ARENA_MAX LANG"), id="bare"),
    ],
)  # fmt: skip
def test_how_it_ended_and_what_it_had_said(
    lines: list[str], ended: Ended, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MULIAN_SECRET", "stays here")
    assert told(*lines) == ended
    assert os.listdir(tmp_path) in ([], ["x"])


def test_one_that_says_too_much_is_killed_and_not_heard_to_the_end() -> None:
    ended = run("code", b"import os\nwhile os.write(1, b'x' * 65536): pass\n\n", seconds=60, most=MOST)
    assert (ended.code, len(ended.said), ended.well) == (KILLED, MOST, False)


@pytest.mark.parametrize("lines", [[], ["os.close(1)", "os.close(0)"]], ids=["speaking", "silent"])
def test_one_that_takes_too_long_is_killed(lines: list[str]) -> None:
    assert told(*lines, "time.sleep(600)", seconds=0.3).code == KILLED


def test_all_it_started_ends_with_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "line")
    with open(os.open(tmp_path / "line", os.O_RDONLY | os.O_NONBLOCK), "rb") as end:
        start = f"_ = subprocess.Popen(['/bin/sleep', '600'], stdout=open('{tmp_path}/line', 'wb'))"
        ended = told(start, say("b'begun'"), "time.sleep(600)", seconds=3.0)
        assert ended == Ended(KILLED, b"begun")
        assert select.select([end], [], [], 60)[0] == [end]
        assert end.read() == b""


def test_it_limits_itself_and_finds_programs_only_where_it_may() -> None:
    names = ("CPU", "AS", "FSIZE", "NOFILE", "CORE")
    asked = ",".join(f"resource.getrlimit(resource.RLIMIT_{name})" for name in names)
    ended = told(LIMITS, say(f"repr([{asked}]).encode()"), END)
    assert ended.said == repr([(most, most) for most in (7, 400 << 20, 0, 16, 0)]).encode()
    assert told(say("os.environ['PATH'].encode()"), END, programs=True).said == os.environ["PATH"].encode()
    assert told(say("str(sys.dont_write_bytecode).encode()"), END, writes=False).said == b"True"


def test_much_goes_both_ways_at_once() -> None:
    much = json.dumps(["ཡིག" * 100] * 3000, ensure_ascii=False).encode()
    assert json.loads(run("json.tool", much, seconds=60, most=10 * len(much)).said) == json.loads(much)


def test_lent_files_are_open_in_it_and_their_numbers_its_words() -> None:
    with TemporaryFile() as given, TemporaryFile() as out:
        given.write("户主,村\n才让,江千\n".encode())
        given.seek(0)
        assert run("mulian.core.sheets.reading.child", given, seconds=60, most=MOST, lent=[out]).well
        out.seek(0)
        assert [json.loads(line) for line in out][-1] == [2, ["才让", "江千"]]
