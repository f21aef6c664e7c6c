"""No trails (G3): a point belongs to a thing or an act of service; no table could follow a person or a phone."""

from __future__ import annotations

from django.apps import apps
from django.db import models

WHAT_A_POINT_BELONGS_TO = {
    "areas.Area": "a village or township",
    "cases.Case": "a problem",
    "cases.HeldReport": "a problem told by a visitor, until an officer looked",
    "forms.Submission": "what a form was filled in about",
    "households.Camp": "a declared camp",
    "households.Institution": "a building",
    "open311.Forward": "a problem another system solves",
    "tasks.Visit": "a service given to a family",
}
LATITUDES, LONGITUDES = {"lat", "latitude"}, {"lon", "lng", "longitude"}
IN_ONE = ("geometry", "point", "gps", "coordinates", "track", "route", "geohash")


def columns(model: type[models.Model]) -> set[str]:
    return {field.name.rpartition("_")[2] for field in model._meta.concrete_fields}


def test_g3_every_point_belongs_to_a_thing_or_a_service() -> None:
    found = {model._meta.label for model in apps.get_models() if columns(model) & (LATITUDES | LONGITUDES)}
    assert found == set(WHAT_A_POINT_BELONGS_TO)


def test_g3_nothing_holds_a_line_of_points() -> None:
    assert [model._meta.label for model in apps.get_models() if columns(model) & set(IN_ONE)] == []
