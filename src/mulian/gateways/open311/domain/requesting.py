"""What POST requests says, read from a form. Who sends it may be named; what is kept of that, `contact` says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mulian.gateways.open311.domain.asking import Given, one
from mulian.gateways.open311.domain.refusals import (
    BAD_POINT,
    PLACE_NEEDED,
    SAY_SOMETHING,
    TOO_LONG,
    Refused,
)
from mulian.gateways.open311.domain.services import Answer, Service, answers
from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem

DESCRIPTION, LINE = 4000, 300
NOT_THE_REQUEST = frozenset({"api_key", "jurisdiction_id", "locale"})
"""Who asks and how it is answered; everything else makes a request the same or another."""
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,100})\](?:\[\])?")
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Requested:
    """A request as it is handed on. `contact` is who may be answered, for the one who works on it only."""

    service: str
    description: str
    point: Point | None
    address: str
    address_id: str
    contact: str
    media_url: str
    answers: tuple[Answer, ...]

    def extras(self, *, place: str, picture: str) -> str:
        """What goes below the description, a line each; `place` and `picture` are the words for the two."""
        lines = [f"{answer.question}: {answer.words}" for answer in self.answers]
        lines += [f"{place}: {self.address}"] if self.address else []
        lines += [f"{picture}: {self.media_url}"] if self.media_url else []
        return "\n".join(lines)


def requested(given: Given, service: Service) -> Requested:
    """Raises Refused with everything that is wrong at once."""
    wrong: list[Problem] = []
    description = cleaned(one(given, "description"))
    if not description:
        wrong.append(Problem(SAY_SOMETHING))
    elif len(description) > DESCRIPTION:
        wrong.append(Problem(TOO_LONG))
    point = _point(given, wrong)
    address, address_id = (cleaned(one(given, name))[:LINE] for name in ("address_string", "address_id"))
    if not wrong and point is None and not address and not address_id:
        wrong.append(Problem(PLACE_NEEDED))
    answered: tuple[Answer, ...] = ()
    try:
        answered = answers(service, attributes(given))
    except Refused as refused:
        wrong += refused.problems
    if wrong:
        raise Refused(wrong)
    return Requested(
        service=service.code,
        description=description,
        point=point,
        address=address,
        address_id=address_id,
        contact=_contact(given),
        media_url=_address_of_media(given),
        answers=answered,
    )


def attributes(given: Given) -> dict[str, tuple[str, ...]]:
    """code → values of `attribute[code]` and `attribute[code][]`."""
    found: dict[str, tuple[str, ...]] = {}
    for name, values in given.items():
        if match := _ATTRIBUTE.fullmatch(name):
            found[match[1]] = found.get(match[1], ()) + tuple(map(cleaned, values))
    return found


def sameness(given: Given) -> str:
    """The same for the same request sent again, whatever the order of its fields; empty ones do not count."""
    kept = {
        name: sorted(value for value in values if value.strip())
        for name, values in given.items()
        if name not in NOT_THE_REQUEST
    }
    said = json.dumps({name: values for name, values in sorted(kept.items()) if values}, ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()


def cleaned(text: str) -> str:
    """Without signs that no XML and no database can carry."""
    return _DROPPED.sub("", text).replace("\r\n", "\n").strip()


def _point(given: Given, wrong: list[Problem]) -> Point | None:
    lat, lon = one(given, "lat"), one(given, "long")
    if not lat and not lon:
        return None
    try:
        return Point(_degrees(lat), _degrees(lon))
    except ValueError:
        wrong.append(Problem(BAD_POINT))
        return None


def _degrees(text: str) -> float:
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{0,20})?", text, re.ASCII):
        raise ValueError("not degrees")
    return float(text)


def _contact(given: Given) -> str:
    """Name, number and mail in one line. Device and account ids are not kept at all."""
    names = ("first_name", "last_name", "phone", "email")
    return " ".join(filter(None, (cleaned(one(given, name)).replace("\n", " ") for name in names)))[:120]


def _address_of_media(given: Given) -> str:
    """Kept as words for a person to judge; nothing here ever fetches it."""
    url = cleaned(one(given, "media_url"))
    return url[:LINE] if re.match(r"https?://\S+\Z", url) else ""


def form(fields: Mapping[str, str | Sequence[str]]) -> dict[str, list[str]]:
    """A plain table as `Given`, for callers that have single values."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in fields.items()}
