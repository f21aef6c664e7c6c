"""Every address says who may open it: a permission, or a reason why it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def _api_view(view: Callable[..., Any]) -> PathView | None:
    """The operations behind an address of /api/v1/: Ninja keeps them in the view's closure."""
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    return next((cell for cell in cells if isinstance(cell, PathView)), None)


def _declared(view: Callable[..., Any]) -> bool:
    if getattr(view, "mulian_permission", None) or getattr(view, "mulian_public", None):
        return True
    api = _api_view(view)
    return api is not None and all(operation.auth_callbacks for operation in api.operations)


def undeclared() -> list[str]:
    return [address for address, view in _patterns(get_resolver()) if not _declared(view)]


def test_every_view_declares_a_permission_or_a_reason() -> None:
    assert undeclared() == []


def test_a_view_without_a_permission_would_be_seen() -> None:
    def view(request: object) -> None: ...

    assert not _declared(view)
