"""GET: discovery, services, requests, updates, tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from mulian.core.packs import said
from mulian.gateways.open311.domain.answering import Listing, Single
from mulian.gateways.open311.domain.asking import MOST, Given, asked, several, span
from mulian.gateways.open311.domain.refusals import (
    NO_REQUEST,
    NO_RESOURCE,
    NO_SERVICE,
    NO_TOKEN,
    Refused,
)
from mulian.gateways.open311.domain.services import LISTS, Attribute, Service
from mulian.gateways.open311.domain.times import written
from mulian.gateways.open311.models import Incoming
from mulian.gateways.open311.queries import catalogue, feed, keys
from mulian.gateways.open311.queries.feed import Reader
from mulian.gateways.open311.web.answer import api_key, given
from mulian.kernel.problems import Problem

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
"""The standard's own name of itself; an identifier, not an address to call."""


def discovery(request: HttpRequest, **_: Any) -> Single:
    """Where the endpoint is, which formats it speaks, whom to ask."""
    about = catalogue.about()
    changed = about.get("changeset")
    changeset = written(changed.astimezone(UTC)) if isinstance(changed, datetime) else None
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{settings.MULIAN_BASE_URL.rstrip('/')}/open311/v2",
        "changeset": changeset,
        "type": "test" if settings.MULIAN_DEMO else "production",
        "formats": ["text/xml", "application/json"],
    }
    tree = {
        "changeset": changeset,
        "contact": said(about.get("contact", {}), _language()),
        "key_service": said(about.get("key_service", {}), _language()),
        "endpoints": [endpoint],
    }
    return Single("discovery", tree)


def services(request: HttpRequest, **_: Any) -> Listing:
    return Listing("services", [_service(each) for each in catalogue.services(_language()).values()])


def service(request: HttpRequest, name: str) -> Single:
    """The questions that go with one service."""
    found = catalogue.services(_language()).get(name)
    if found is None:
        raise Problem(NO_SERVICE)
    return Single(
        "service_definition",
        {"service_code": found.code, "attributes": [_attribute(each) for each in found.attributes]},
    )


def requests(request: Any, **_: Any) -> Listing:
    said_all = given(request)
    return Listing(
        "service_requests", feed.requests(asked(said_all, request.at), _reader(said_all), request.at)
    )


def one_request(request: Any, name: str) -> Listing:
    """Always a list: of the one."""
    found = feed.request(_number(name), _reader(given(request)), request.at)
    if not found:
        raise Problem(NO_REQUEST)
    return Listing("service_requests", found)


def updates(request: Any, **_: Any) -> Listing:
    """Steps of requests in a time, oldest first."""
    said_all, wrong = given(request), list[Problem]()
    since, until = span(said_all, request.at, wrong)
    if wrong:
        raise Refused(wrong)
    numbers = tuple(_number(each) for each in several(said_all, "service_request_id"))
    found = feed.updates(since, until, numbers, _reader(said_all), request.at, MOST)
    return Listing("service_request_updates", found)


def token(request: HttpRequest, name: str) -> Listing:
    """The number behind a token; null until the request has become a case."""
    row = Incoming.objects.filter(token=name).first() if name else None
    if row is None:
        raise Problem(NO_TOKEN)
    return Listing("service_requests", [{"service_request_id": row.number or None, "token": name}])


def nothing(request: HttpRequest, **_: Any) -> Listing:
    """Any other address below the endpoint."""
    raise Problem(NO_RESOURCE)


def _reader(said_all: Given) -> Reader:
    """Everybody, or the program whose key came along."""
    key = api_key(said_all)
    own = keys.own_cases(keys.live(key)) if key else frozenset()
    return Reader(_language(), own)


def _number(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign not in " -")


def _language() -> str:
    return get_language() or "zh-hans"


def _service(each: Service) -> dict[str, Any]:
    return {
        "service_code": each.code,
        "service_name": each.name,
        "description": each.description,
        "metadata": bool(each.attributes),
        "type": each.type.value,
        "keywords": ", ".join(each.keywords),
        "group": each.group,
    }


def _attribute(each: Attribute) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "variable": each.variable,
        "code": each.code,
        "datatype": each.datatype.value,
        "required": each.required,
        "datatype_description": each.hint or None,
        "order": each.order,
        "description": each.description,
    }
    if each.datatype in LISTS:
        tree["values"] = [{"key": choice.key, "name": choice.name} for choice in each.values]
    return tree
