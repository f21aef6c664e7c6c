"""G2: every stored field has a class; what is sensitive says what for and how long."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db.models import Model

KNOWN = {"S0", "S1", "S2", "S3"}
OTHERS = {
    "auth": "Django's groups and permissions, unused: duties decide",
    "contenttypes": "names of tables",
    "sessions": "who is signed in; ends with the session",
    "account": "mail addresses of logins, never written: staff sign in by name",
    "mfa": "second factors, each person's own",
}
"""Tables of libraries; none may gain a field that G1 refuses (test_refused_fields)."""


def _module(model: type[Model]) -> str:
    """Where the classes of a model's fields are written: `classes.py` beside it, else its own module."""
    home = model.__module__
    package = home if hasattr(import_module(home), "__path__") else home.rpartition(".")[0]
    beside = f"{package}.classes"
    return beside if find_spec(beside) else home


def classes(model: type[Model]) -> dict[str, str]:
    """field → class, as written."""
    table: dict[str, dict[str, str]] = getattr(import_module(_module(model)), "CLASSES", {})
    return table.get(model.__name__, {})


def ours() -> list[type[Model]]:
    return [
        model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in OTHERS
    ]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_g2_every_stored_field_has_a_class(model: type[Model]) -> None:
    stored = {field.name for field in model._meta.concrete_fields}
    written = classes(model)

    assert set(written) == stored
    assert set(written.values()) <= KNOWN


def test_g2_sensitive_fields_say_what_for_and_how_long() -> None:
    sensitive = {
        (_module(model), f"{model.__name__}.{field}")
        for model in ours()
        for field, level in classes(model).items()
        if level == "S3"
    }
    told = {
        (home, name)
        for home in {_module(model) for model in ours()}
        for name, words in getattr(import_module(home), "PURPOSES", {}).items()
        if len(words) == 2 and all(len(part) > 20 for part in words)
    }

    assert sensitive == told
    assert sensitive != set()


def test_g2_a_field_without_a_class_would_be_seen() -> None:
    model = apps.get_model("cases", "Case")
    stored = {field.name for field in model._meta.concrete_fields} | {"smell"}

    assert set(classes(model)) != stored


def test_g2_library_tables_are_the_known_ones() -> None:
    labels = {
        model._meta.app_label for model in apps.get_models() if not model.__module__.startswith("mulian.")
    }

    assert labels == set(OTHERS)
