"""Addresses of GeoReport v2, and of the console's pages about programs outside."""

from __future__ import annotations

from django.urls import path, register_converter

from mulian.gateways.open311.web.answer import georeport
from mulian.gateways.open311.web.views import (
    elsewhere,
    hand,
    media,
    programs,
    reading,
    releases,
    theirs,
    writing,
)

BASE = "open311/v2/"
OPEN = "The public list: cases.public decides what is on it, and nothing on it leads to a person."
KEYED = f"{OPEN} Writing needs an api_key, which the view checks."


class Suffix:
    """`.xml`, `.json`, any other ending, or none."""

    regex = r"(?:\.[A-Za-z0-9]{1,12})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Suffix, "format")

urlpatterns = [
    path(BASE, georeport(OPEN, GET=reading.discovery)),
    path(f"{BASE}discovery<format:suffix>", georeport(OPEN, GET=reading.discovery)),
    path(f"{BASE}services<format:suffix>", georeport(OPEN, GET=reading.services)),
    path(f"{BASE}services/<str:name>", georeport(OPEN, GET=reading.service)),
    path(f"{BASE}requests<format:suffix>", georeport(KEYED, GET=reading.requests, POST=writing.post_request)),
    path(f"{BASE}requests/<str:name>", georeport(OPEN, GET=reading.one_request)),
    path(
        f"{BASE}servicerequestupdates<format:suffix>",
        georeport(KEYED, GET=reading.updates, POST=writing.post_update),
    ),
    path(f"{BASE}tokens/<str:name>", georeport(OPEN, GET=reading.token)),
    path(f"{BASE}media/<str:sha256>", georeport(OPEN, GET=media.media)),
    path("programs/", programs.programs, name="programs"),
    path("programs/<uuid:id>/revoke/", programs.revoke_key, name="revoke_program"),
    path("elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("elsewhere/hand/<uuid:id>/", hand.hand, name="elsewhere_hand"),
    path("elsewhere/<uuid:id>/again/", elsewhere.again, name="elsewhere_again"),
    path("elsewhere/services/<slug:system>/", theirs.services, name="elsewhere_services"),
    path("elsewhere/services/<slug:system>/unmap/", theirs.unmap, name="elsewhere_unmap"),
    path("elsewhere/services/<slug:system>/again/", theirs.ask, name="elsewhere_ask"),
    path("released/", releases.releases, name="releases"),
    path(f"{BASE}<path:name>", georeport(OPEN, GET=reading.nothing, POST=reading.nothing)),
]
