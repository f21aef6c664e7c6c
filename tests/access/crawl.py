"""Asks every address as everyone and says what happened; the table of what should happen is matrix.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mulian.core.access.models import Person
from mulian.kernel.actor import Role
from tests.access.setting import ANONYMOUS, NOBODY, Setting, forget

USERNAMES = {role.value: role.value for role in Role} | {"department_officer": "transport"}
"""role → who of the cast plays it, all over the near village; `outsider` is a village lead far away."""
COUNTY_WIDE = ("county_duty", "leader", "auditor", "administrator")
EVERYONE = (ANONYMOUS, NOBODY, *USERNAMES, "outsider")
WHOEVER = "whoever"
"""Stands for the first of OPENERS who may open an address: so each is asked once."""
OPENERS = ("township_officer", *(who for who in (*USERNAMES, ANONYMOUS) if who != "township_officer"))
ON_POSTGRESQL = connection.vendor == "postgresql"
ASKED = (WHOEVER,) if ON_POSTGRESQL else EVERYONE
"""Who asks every address. Who may open what is decided alike whatever the database; on PostgreSQL each address is
asked once, so that no statement of any page is one it does not know."""
NOWHERE = UUID("01900000-0000-7000-8000-000000000000")
METHODS = ("GET", "POST")
_PARAM = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Row:
    """What should happen at one address by one method, or with one kind of command (`method` is empty then)."""

    address: str
    method: str
    open: frozenset[str] = frozenset()
    not_found: frozenset[str] = frozenset()
    login: frozenset[str] = frozenset({ANONYMOUS})
    subject: str = ""
    everywhere: bool = False
    verbs: tuple[str, ...] = ("",)
    data: str = ""

    def opener(self) -> str:
        """Who asks where each address is asked once."""
        return next((who for who in OPENERS if who in self.open), "outsider")

    def expected(self, who: str) -> str:
        """open, forbidden, not_found or login. The outsider holds a village lead's duty, but elsewhere."""
        role = "village_lead" if who == "outsider" and who not in self.login else who
        for verdict in ("open", "not_found", "login"):
            if role in getattr(self, verdict):
                placed = self.subject not in ("", "notice") and not self.everywhere
                return "not_found" if who == "outsider" and placed and verdict == "open" else verdict
        return "forbidden"


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())


@cache
def table() -> tuple[Row, ...]:
    """The written table of addresses."""
    found = _written()["url"].items()
    return tuple(_row(address, method, cells) for address, by in found for method, cells in by.items())


@cache
def commands() -> tuple[Row, ...]:
    """The written table of kinds of command."""
    return tuple(_row(kind, "", cells) for kind, cells in _written()["command"].items())


def _row(address: str, method: str, cells: dict[str, Any]) -> Row:
    said: dict[str, Any] = {key: cells[key] for key in ("subject", "everywhere", "data") if key in cells}
    said |= {key: _named(cells[key]) for key in ("open", "not_found", "login") if key in cells}
    return Row(address, method, verbs=tuple(cells.get("verbs", "").split()) or ("",), **said)


def _named(text: str) -> frozenset[str]:
    """Roles, or the name of a group of them."""
    found = frozenset(_written()["group"].get(text, text).split())
    assert found <= set(EVERYONE), found - set(EVERYONE)
    return found


def addresses() -> list[str]:
    """Every pattern of the resolver."""
    return list(dict.fromkeys(_patterns(get_resolver())))


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address


def filled(row: Row, made: Setting, who: str, whose: str, verb: str = "") -> str:
    """The address with the ids of things near (`own`), far (`foreign`) or nonexistent (`nowhere`)."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in ("verb", "name"):
            return verb or ("index.html" if name == "name" else "take")
        if name == "language":
            return "bo"
        if name == "suffix":
            return ""
        kind = name if name in ("member", "need", "item", "event") else row.subject
        if whose == "nowhere":
            return {"file": "0" * 64, "area": "999999999999", "grid": "999999999999G001"}.get(
                kind, str(NOWHERE)
            )
        if kind == "notice":
            other = "auditor" if who != "auditor" else "leader"
            return made.notices[_username(who) if whose == "own" and who != ANONYMOUS else other]
        return getattr(made, whose)[kind] if kind else str(NOWHERE)

    return "/" + _PARAM.sub(value, row.address)


def _username(who: str) -> str:
    return USERNAMES.get(who, who)


def sign_in(who: str, accept: str = "text/html") -> Client:
    """A browser of this person; a fault of the server shows as 500, as people see it."""
    client = Client(headers={"Accept": accept}, raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(Person.objects.get(username=_username(who)))
    return client


def ask(client: Client, method: str, address: str, data: str = "", **headers: str) -> Any:
    """One request whose effects are undone, also those on the browser's own cookies."""
    cookies: Any = client.cookies.copy()
    form = "application/x-www-form-urlencoded"
    kind, data = ("application/json", data or "{}") if "/api/" in address else (form, data)
    with ExitStack() as undone:
        for alias in connections:
            undone.enter_context(transaction.atomic(using=alias))
        answer = client.generic(
            method, address, data if method != "GET" else "", kind, headers=headers or None
        )
        if not answer.streaming:
            answer.content  # noqa: B018  rendered while the rows are there
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    if method != "GET":
        forget()  # what the process remembers of a change that is undone
    client.cookies = cookies
    return answer


def verdict(answer: Any) -> str:
    """What happened, in the table's words; `fault` and `no_method` are never in it.

    A refusal with a code of its own ("this is not your step") came from behind the door: it was open.
    """
    status, code = answer.status_code, answer.headers.get("X-Problem", "")
    to_login = status in (301, 302) and "/account/login/" in answer.headers.get("Location", "")
    if status == 401 or to_login:
        return "login"
    if status == 403 and code not in ("", "forbidden"):
        return "open"
    words = {403: "forbidden", 404: "not_found", 405: "no_method", 500: "fault"}
    return words.get(status, "open")
