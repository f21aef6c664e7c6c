"""Cuts long lists into pages and keeps the rest of the address when moving between them."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PER_PAGE = 50


def page(request: HttpRequest, rows: QuerySet, per_page: int = PER_PAGE) -> Page:
    """The page the address asks for; nonsense numbers give the nearest real one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def with_page(query: QueryDict, number: int) -> str:
    """The same query string, at another page."""
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
