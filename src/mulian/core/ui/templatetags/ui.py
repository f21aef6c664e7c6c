"""Filters and components of the console: `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mulian.core.ui import clocks, mappoint, pages, spans, wording
from mulian.kernel import clock as kernel_clock

register = template.Library()


def _language() -> str:
    return get_language() or "zh-hans"


@register.filter
def label(text: Any) -> str:
    """A standalone label (button, heading): Tibetan gets its final mark; safe text stays safe."""
    shown = conditional_escape("" if text is None else text)
    marked = wording.final_mark(shown)
    return SafeString(marked)


@register.filter
def number(value: float | None) -> str:
    """A number grouped by thousands; nothing for None."""
    return "" if value is None else wording.number(value)


@register.filter
def day(moment: datetime | date | None) -> str:
    """The day in the page's language."""
    return wording.day(moment, _language()) if moment else ""


@register.filter
def hour(moment: datetime | None) -> str:
    """The time of day."""
    return wording.hour(moment) if moment else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time of day."""
    return wording.moment(value, _language()) if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago, as a sentence."""
    return spans.ago(value, now=kernel_clock.now(), language=_language()) if value else ""


@register.filter
def left(due: datetime | None) -> str:
    """How much time is left, or by how much it is overdue, as a sentence."""
    return spans.left(due, now=kernel_clock.now()) if due else ""


@register.filter
def distance(metres: float | None) -> str:
    """A distance with its unit."""
    return "" if metres is None else spans.distance(metres)


@register.filter
def duration(seconds: float | None) -> str:
    """The length of a recording."""
    return "" if seconds is None else wording.duration(seconds)


@register.filter
def script(text: Any) -> SafeString:
    """Text people wrote, marked with the language of its script, so that Tibetan gets its font and lines."""
    shown = conditional_escape(text or "")
    tag = wording.script_of(shown)
    return format_html('<span lang="{}">{}</span>', tag, shown) if tag else SafeString(shown)


@register.filter
def named(thing: Any) -> str:
    """The name of an area, unit or pack entry in the page's language; falls back bo → zh → en."""
    if not thing:
        return ""
    method = getattr(thing, "name", None)
    if callable(method):
        return str(method(_language()))
    return next((text for text in _names(thing) if text), "")


def _names(thing: Any) -> Iterable[str]:
    wanted = _language().partition("-")[0]
    for code in dict.fromkeys((wanted, "zh", "bo", "en")):
        yield thing.get(code, "") if isinstance(thing, Mapping) else getattr(thing, f"name_{code}", "")


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A drawing from the sprite; decorative, the word stands beside it."""
    # Made by hand because a list of cases draws hundreds.
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
    kind = type(bound.field.widget).__name__.lower()
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "kind": kind}


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


@register.filter
def tone(level: str) -> str:
    """Django's message level as one of our tones."""
    return {"success": "good", "warning": "warn", "error": "danger"}.get(level, "info")
