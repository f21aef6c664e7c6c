"""G27: every answer of every address carries the headers that keep a page ours."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.access import crawl
from tests.access.crawl import EVERYONE, Row, ask, filled, sign_in, table
from tests.access.setting import ANONYMOUS, Setting

pytestmark = pytest.mark.django_db(databases="__all__")
LEAN = {"/field/sync"}
"""The phone's round trip on a metered network: JSON to a program with a token of its own, never a page."""
NOBODYS = {"/offline.js", "/account/logout/"}
"""Holds nobody's data; answers when nobody is signed in any more."""
UNSAFE = re.compile(r"unsafe-|(?<![\w'])\*|https?:|data:(?=[^;]*script)")


def _directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def _faults(answer: Any, signed_in: bool) -> list[str]:
    """What is wrong with the headers of one answer."""
    headers = answer.headers
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


def _all(made: Setting, who: str, rows: list[Row], **headers: str) -> dict[str, list[str]]:
    """address → faults, for a person near the things the rows name."""
    client = sign_in(who if not headers else ANONYMOUS)
    found = {}
    for row in rows:
        address = filled(row, made, who, "own", row.verbs[0])
        if address not in LEAN:
            signed_in = who != ANONYMOUS and not address.startswith("/field/") and address not in NOBODYS
            found[f"{row.method} {address}"] = _faults(
                ask(client, row.method, address, row.data, **headers), signed_in
            )
    return {address: faults for address, faults in found.items() if faults}


@pytest.mark.parametrize("who", [ANONYMOUS, "village_lead", "county_duty", "administrator"])
def test_g27_every_answer_carries_the_headers(made: Setting, who: str) -> None:
    """Open or refused, page or data, signed in or not."""
    assert _all(made, who, list(table())) == {}


def test_g27_a_program_is_told_to_keep_nothing(made: Setting) -> None:
    rows = [row for row in table() if row.address.startswith(("api/v1/cases", "files/"))]
    key = {"Authorization": f"Bearer {made.world.api_token('county_duty')}"}

    assert _all(made, "county_duty", rows, **key) == {}


def test_g27_unknown_addresses_and_refused_hosts_too(made: Setting) -> None:
    client = sign_in("county_duty")

    assert _faults(ask(client, "GET", "/no-such-page/"), signed_in=True) == []
    assert ask(client, "GET", "/about/", host="elsewhere.example").status_code == 400


def test_g27_no_page_holds_script_or_style_of_its_own(made: Setting) -> None:
    """The policy would stop it; nothing is to be stopped."""
    for who in ("village_lead", "county_duty", "administrator"):
        client = sign_in(who)
        for row in (row for row in table() if row.method == "GET" and row.expected(who) == "open"):
            answer = ask(client, "GET", filled(row, made, who, "own", row.verbs[0]))
            if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                page = answer.content.decode()
                assert not re.search(r"\sstyle=|\son\w+=\"|<style|javascript:", page), row.address
                assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page) == [], row.address
                assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", page) == [], row.address


def test_g27_a_lax_policy_would_be_seen() -> None:
    class Answer:
        headers = {
            "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'",
            "Content-Type": "text/html",
        }

    assert "unsafe policy" in _faults(Answer, signed_in=True)
    assert "page kept" in _faults(Answer, signed_in=True)
    assert set(crawl.USERNAMES) < set(EVERYONE)


def test_g27_an_unchanged_page_keeps_the_policy_it_came_with(made: Setting) -> None:
    client = sign_in(ANONYMOUS)
    first = client.get("/field/phrases/bo")

    again = client.get("/field/phrases/bo", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.headers.get("Content-Security-Policy")) == (304, None)
