"""Filters and components of the console: `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, FileInput, Form
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mulian.core.ui import clocks, filters, mappoint, pages
from mulian.kernel import clock as kernel_clock

register = template.Library()


for each in filters.ALL:
    register.filter(each.__name__, each)


@register.simple_tag
@lru_cache(512)
def icon(name: str, size: int = 20) -> SafeString:
    """A drawing from the sprite; decorative, the word stands beside it."""
    # Made by hand, and each once, because a page draws fifty and a list of cases hundreds.
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{1}#{2}"></use></svg>',
        size,
        static("ui/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/parts/page_header.html")
def page_header(title: str, lead: str = "", back_url: str = "", back_label: str = "") -> dict[str, Any]:
    """The page's h1 with an optional sentence and a way back."""
    return {"title": title, "lead": lead, "back_url": back_url, "back_label": back_label}


@register.inclusion_tag("ui/parts/chip.html")
def chip(word: str, tone: str = "neutral", shape: str = "dot") -> dict[str, Any]:
    """A state: colour, shape and word together."""
    return {"word": word, "tone": tone, "shape": shape}


@register.inclusion_tag("ui/parts/clock.html", name="clock")
def clock_tag(promise: Any, now: datetime | None = None) -> dict[str, Any]:
    """A promise with its ring, words and due time."""
    return {"clock": clocks.clock(promise, now=now or kernel_clock.now())}


@register.inclusion_tag("ui/parts/clock_small.html")
def clock_small(promise: Any, now: datetime | None = None) -> dict[str, Any]:
    """A promise in one line, for lists."""
    return {"clock": clocks.clock(promise, now=now or kernel_clock.now())}


@register.inclusion_tag("ui/parts/why.html")
def why(reason: str) -> dict[str, Any]:
    """Why this is mine."""
    return {"reason": reason}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, oldest first."""
    return {"entries": entries}


@register.inclusion_tag("ui/parts/audio.html")
def audio(url: str, seconds: float | None = None, title: str = "", key: str = "p") -> dict[str, Any]:
    """A recording that one key plays and pauses."""
    return {"url": url, "seconds": seconds, "title": title, "key": key}


@register.inclusion_tag("ui/parts/photo.html")
def photo(url: str, alt: str = "", width: int | None = None, height: int | None = None) -> dict[str, Any]:
    """A picture that opens in full; width and height keep its place while it loads."""
    return {"url": url, "alt": alt, "width": width, "height": height}


@register.inclusion_tag("ui/parts/map_point.html")
def map_point(
    lat: float,
    lon: float,
    title: str = "",
    accuracy: float | None = None,
    near: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """A point with the known places around it; `near` is [{name, metres, lat, lon}]."""
    drawing = mappoint.drawing(lat, lon, near, accuracy)
    return {"lat": lat, "lon": lon, "title": title, "accuracy": accuracy, "drawing": drawing}


@register.inclusion_tag("ui/parts/map_assets.html")
def map_assets() -> dict[str, Any]:
    """Script and style of the moving map, for `{% block head %}` of pages with a point."""
    return {}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Label, widget, help and errors of one form field, wired for screen readers."""
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_errors"] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    widget = bound.field.widget
    chosen = isinstance(widget, FileInput) and "capture" not in widget.attrs
    kind = type(widget).__name__.lower()
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "kind": kind, "chosen": chosen}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """The summary above a form that was not accepted; it takes the focus."""
    return {"form": form}


@register.inclusion_tag("ui/parts/empty.html")
def empty(
    title: str, text: str = "", action_url: str = "", action: str = "", icon: str = "check"
) -> dict[str, Any]:
    """What a list says when it has nothing: what that means and what to do."""
    return {"title": title, "text": text, "action_url": action_url, "action": action, "icon": icon}


@register.inclusion_tag("ui/parts/notice.html")
def notice(text: str, tone: str = "info", title: str = "") -> dict[str, Any]:
    """A message inside the page."""
    return {"text": text, "tone": tone, "title": title}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True, name="pages")
def pages_tag(context: template.Context, page: Any) -> dict[str, Any]:
    """Previous and next of a numbered list; the rest of the address is kept."""
    query = context["request"].GET
    before = pages.with_page(query, page.previous_page_number()) if page.has_previous() else ""
    after = pages.with_page(query, page.next_page_number()) if page.has_next() else ""
    return {"page": page, "before": before, "after": after}


@register.inclusion_tag("ui/parts/more.html")
def more(next_url: str, target: str) -> dict[str, Any]:
    """A button that appends the next part of a list to `target`."""
    return {"next_url": next_url, "target": target}


@register.inclusion_tag("ui/parts/live.html")
def live(url: str, every: int = 5, hidden: bool = False, id: str = "live") -> dict[str, Any]:
    """Asks `url` every so many seconds with its ETag; fires `live:changed` on the element when it differs."""
    return {"url": url, "every": every, "hidden": hidden, "id": id}
