"""Addresses: the standard's below `/openrosa/` and below a device's key, and the console's page that gives a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from mulian.gateways.openrosa.web.views import forms, setup, submission


def _both(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    return [
        path(f"openrosa/{route}", view, name=f"openrosa_{name}"),
        path(f"openrosa/key/<str:key>/{route}", view, name=f"openrosa_key_{name}"),
    ]


_FORM = "forms/<str:form_id>/<str:version>"

urlpatterns: list[URLPattern] = [
    *_both("formList", forms.form_list, "list"),
    *_both("submission", submission.submission, "submission"),
    *_both(f"{_FORM}/form.xml", forms.form, "form"),
    *_both(f"{_FORM}/manifest", forms.manifest, "manifest"),
    *_both(f"{_FORM}/media/<str:name>", forms.media, "media"),
    *_both(f"{_FORM}/lists/<str:name>.csv", forms.entity_list, "entities"),
    *_both(f"{_FORM}/lists/<str:name>/integrity", forms.integrity, "integrity"),
    path("people/<uuid:id>/collect/", setup.collect, name="collect"),
]
