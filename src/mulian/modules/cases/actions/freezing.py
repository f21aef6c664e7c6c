"""Values of a row kept as text without loss, and put back. For acts that can be undone exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models


def frozen(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """name → its value as text (None stays None); JSON values stay as they are."""
    return {name: _text(row, name) for name in names}


def thaw(row: models.Model, values: Mapping[str, Any]) -> None:
    """Puts frozen values back on the row (saved by the caller)."""
    for name, value in values.items():
        field = row._meta.get_field(name)
        assert isinstance(field, models.Field)
        plain = value is None or isinstance(field, models.JSONField)
        setattr(row, field.attname, value if plain else field.to_python(value))


def all_names(model: type[models.Model]) -> list[str]:
    """Every stored field but the key."""
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def _text(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)
