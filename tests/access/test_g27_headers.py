"""G27: every answer of every address carries the headers that keep a page ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.access import answers, crawl
from tests.access.crawl import ASKED, EVERYONE, ask, filled, sign_in, table
from tests.access.setting import ANONYMOUS, Setting

pytestmark = pytest.mark.django_db(databases="__all__")
LEAN = {"/field/sync"}
"""The phone's round trip on a metered network: JSON to a program with a token of its own, never a page."""
NOBODYS = {"/offline.js", "/account/logout/"}
"""Holds nobody's data; answers when nobody is signed in any more."""
UNSAFE = re.compile(r"unsafe-|(?<![\w'])\*|https?:|data:(?=[^;]*script)")


def _directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def _faults(headers: Mapping[str, str], signed_in: bool) -> list[str]:
    """What is wrong with the headers of one answer."""
    policy = _directives(headers.get("Content-Security-Policy", ""))
    page = headers.get("Content-Type", "").startswith("text/html")
    wrong = {
        "no policy": policy.get("default-src") not in ("'self'", "'none'"),
        "unsafe policy": bool(UNSAFE.search(headers.get("Content-Security-Policy", ""))),
        "scripts from elsewhere": policy.get("script-src", "'self'") not in ("'self'", "'none'"),
        "sniffing": headers.get("X-Content-Type-Options") != "nosniff",
        "opener": headers.get("Cross-Origin-Opener-Policy") != "same-origin",
        "referrer": headers.get("Referrer-Policy") != "same-origin",
        "framed": page
        and (policy.get("frame-ancestors") != "'none'" or headers.get("X-Frame-Options") != "DENY"),
        "kept": signed_in and not re.search("no-store|private", headers.get("Cache-Control", "")),
        "page kept": signed_in and page and "no-store" not in headers.get("Cache-Control", ""),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _kept_by(who: str, address: str) -> bool:
    """Whether the answer holds what only this person may keep."""
    return who != ANONYMOUS and not address.startswith("/field/") and address not in NOBODYS


@pytest.mark.sqlite_only("who may open what is asked on both (test_g5_matrix); a header knows no database")
@pytest.mark.parametrize("who", ASKED)
def test_g27_every_answer_carries_the_headers(made: Setting, who: str) -> None:
    """Open or refused, page or data, signed in or not."""
    found = {
        each.name: _faults(each.headers, _kept_by(each.who, each.address))
        for each in answers.of(made, who).answers
        if each.address not in LEAN
    }

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_g27_a_program_is_told_to_keep_nothing(made: Setting) -> None:
    rows = [row for row in table() if row.address.startswith(("api/v1/cases", "files/"))]
    program, key = sign_in(ANONYMOUS), {"Authorization": f"Bearer {made.world.api_token('county_duty')}"}
    asked = [(row, filled(row, made, "county_duty", "own", row.verbs[0])) for row in rows]

    for row, address in asked:
        answer = ask(program, row.method, address, row.data, **key)
        assert _faults(answer.headers, signed_in=True) == [], f"{row.method} {address}"


def test_g27_unknown_addresses_and_refused_hosts_too(made: Setting) -> None:
    client = sign_in("county_duty")

    assert _faults(ask(client, "GET", "/no-such-page/").headers, signed_in=True) == []
    assert ask(client, "GET", "/about/", host="elsewhere.example").status_code == 400


@pytest.mark.parametrize("who", ASKED)
def test_g27_no_page_holds_script_or_style_of_its_own(made: Setting, who: str) -> None:
    """The policy would stop it; nothing is to be stopped."""
    pages = [each for each in answers.of(made, who).answers if each.page and each.verdict == "open"]

    for each in pages:
        assert not re.search(r"\sstyle=|\son\w+=\"|<style|javascript:", each.page), each.name
        assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", each.page) == [], each.name
        assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", each.page) == [], each.name
    assert pages != []


def test_g27_a_lax_policy_would_be_seen() -> None:
    lax = {
        "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'",
        "Content-Type": "text/html",
    }

    assert "unsafe policy" in _faults(lax, signed_in=True)
    assert "page kept" in _faults(lax, signed_in=True)
    assert set(crawl.USERNAMES) < set(EVERYONE)


def test_g27_an_unchanged_page_keeps_the_policy_it_came_with(made: Setting) -> None:
    client = sign_in(ANONYMOUS)
    first = client.get("/field/phrases/bo")

    again = client.get("/field/phrases/bo", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.headers.get("Content-Security-Policy")) == (304, None)
