"""A foreign key never points upward: imports do not show it, because Django names models by strings."""

from __future__ import annotations

import configparser
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]


def _order(contract: str, package: str) -> dict[str, int]:
    """package → height, from the same lines import-linter reads; equal heights may not know each other."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    rows = [row for row in config[f"importlinter:contract:{contract}"]["layers"].splitlines() if row.strip()]
    return {
        f"{package}.{name.strip(' ()')}": height
        for height, row in enumerate(reversed(rows))
        for name in row.replace(":", "|").split("|")
    }


ORDERS = {
    "mulian": _order("layers", "mulian"),
    "mulian.core": _order("core", "mulian.core"),
    "mulian.modules": _order("modules", "mulian.modules"),
}


def _placed(model: type[models.Model], package: str) -> str | None:
    return next((name for name in ORDERS[package] if f"{model.__module__}.".startswith(f"{name}.")), None)


def upward(source: type[models.Model], target: type[models.Model]) -> bool:
    """Whether a key from source to target climbs, or crosses to a sibling that may not be known."""
    for package, order in ORDERS.items():
        low, high = _placed(source, package), _placed(target, package)
        if low and high and low != high:
            return order[low] <= order[high]
    return False


def _keys() -> list[tuple[type[models.Model], str, type[models.Model]]]:
    return [
        (model, field.name, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField)
        and isinstance(field.related_model, type)
    ]


def test_no_foreign_key_points_upward() -> None:
    climbing = [f"{s.__name__}.{name} → {t.__name__}" for s, name, t in _keys() if upward(s, t)]
    assert climbing == []


def test_an_upward_key_would_be_seen() -> None:
    def fake(module: str) -> type[models.Model]:
        return type("Fake", (), {"__module__": module})  # type: ignore[return-value]

    assert upward(fake("mulian.modules.households.models"), fake("mulian.modules.cases.models"))
    assert upward(fake("mulian.core.areas.models"), fake("mulian.core.access.models"))
    assert upward(fake("mulian.core.files.models"), fake("mulian.modules.cases.models"))
    assert not upward(fake("mulian.modules.cases.models"), fake("mulian.modules.households.models"))
    assert not upward(fake("mulian.modules.cases.models"), fake("mulian.core.files.models"))
