"""A form as a page shows it: the questions that are asked now, in the reader's language, with what was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mulian.modules.forms.domain.answers import Filling, Spot
from mulian.modules.forms.domain.answers.checking import CONSTRAINT, REQUIRED
from mulian.modules.forms.domain.definition import HOLDERS, MEDIA, Definition, Kind, Media, Words
from mulian.modules.forms.domain.expressions.values import text

Item = dict[str, Any]
WHY = {
    "unknown": _("The form has no such question."),
    "type": _("This does not fit the question."),
    "choice": _("This answer is not offered."),
    "required": _("Please answer this."),
    "constraint": _("This cannot be right."),
    "too_many": _("There are too many."),
    "subject": _("It does not say whom or what it is about."),
}
_NAMED = re.compile(r"\$\{([^{}]+)\}")


def language() -> str:
    """zh, bo or en."""
    return (get_language() or "zh").partition("-")[0]


def said(words: Words) -> str:
    """In the reader's language, else in Chinese."""
    return words.get(language()) or words.get("zh", "")


def shown(media: Media) -> Item:
    """The hashes of a label's picture and sound; a picture of another language is better than none."""
    pictures = media.get("image") or media.get("big-image") or {}
    any_picture = next(iter(pictures.values()), "")
    return {
        "picture": pictures.get(language()) or pictures.get("zh") or any_picture,
        "sound": media.get("audio", {}).get(language(), ""),
    }


def asked(filling: Filling, refused: Mapping[str, str]) -> list[Item]:
    """What is asked now."""
    spots = [Spot(filling, item, ()) for item in filling.form.items]
    return [_item(spot, refused) for spot in spots if _shown(spot)]


def every(form: Definition) -> list[Item]:
    """All questions, as a family would be asked, with the conditions left aside."""
    filling = Filling(form, {}, "2026-01-01")
    return [_plain(Spot(filling, item, ())) for item in form.items if item.type != Kind.CALCULATE]


def _shown(spot: Spot) -> bool:
    return spot.relevant and spot.node.type != Kind.CALCULATE


def _plain(spot: Spot) -> Item:
    node = spot.node
    children = [Spot(spot.filling, child, (0,)) for child in node.children if child.type != Kind.CALCULATE]
    return {
        "kind": node.type,
        "label": _NAMED.sub("…", said(node.label)),
        "hint": _NAMED.sub("…", said(node.hint)),
        **shown(node.media),
        "choices": [{"label": said(choice.label), **shown(choice.media)} for choice in node.choices],
        "sometimes": node.relevant is not None,
        "hidden": node.appearance == "hidden",
        "fact": node.fact,
        "children": [_plain(child) for child in children],
    }


def _item(spot: Spot, refused: Mapping[str, str]) -> Item:
    node = spot.node
    found: Item = {
        "kind": node.type,
        "name": spot.name,
        "label": spoken(node.label, spot),
        "hint": spoken(node.hint, spot),
        **shown(node.media),
        "required": spot.holds(node.required),
        "error": _error(spot, refused.get(spot.name)),
        "hidden": node.appearance == "hidden",
    }
    if node.type == Kind.REPEAT:
        return found | {"rows": _rows(spot, refused), "fixed": node.count is not None}
    if node.type in HOLDERS:
        return found | {"children": _children(spot, spot.place, refused)}
    return found | {"value": _field(spot), "choices": _choices(spot), "read_only": node.read_only}


def _rows(spot: Spot, refused: Mapping[str, str]) -> list[Item]:
    return [
        {"name": f"{spot.name}[{at}]", "number": at, "children": _children(spot, place, refused)}
        for at, place in enumerate(spot.places, 1)
    ]


def _children(spot: Spot, place: tuple[int, ...], refused: Mapping[str, str]) -> list[Item]:
    spots = [Spot(spot.filling, child, place) for child in spot.node.children]
    return [_item(each, refused) for each in spots if _shown(each)]


def _choices(spot: Spot) -> list[Item]:
    chosen = spot.raw if isinstance(spot.raw, list) else [spot.raw]
    return [
        {
            "code": choice.name,
            "label": said(choice.label),
            "chosen": choice.name in chosen,
            **shown(choice.media),
        }
        for choice in spot.offered()
    ]


def _field(spot: Spot) -> str:
    """What stands in the field."""
    raw = spot.raw
    if isinstance(raw, dict):
        return f"{raw.get('lat')} {raw.get('lon')}"
    if isinstance(raw, float):
        return text(raw)
    return "" if raw is None or isinstance(raw, list) else str(raw)


def _error(spot: Spot, why: str | None) -> str:
    if why == CONSTRAINT and spot.node.constraint_message:
        return spoken(spot.node.constraint_message, spot)
    return str(WHY.get(why, "")) if why else ""


def spoken(words: Words, spot: Spot) -> str:
    """Words that name an answer say it."""
    return _NAMED.sub(lambda found: text(spot.of(found[1])), said(words))


def given(filling: Filling) -> list[Item]:
    """What was answered, question by question, for reading."""
    return [_answer(spot) for spot in filling.spots() if _shown(spot) and _tells(spot)]


def _tells(spot: Spot) -> bool:
    if spot.node.appearance == "hidden":
        return False
    return spot.node.type in HOLDERS or (spot.node.type != Kind.NOTE and spot.raw is not None)


def _answer(spot: Spot) -> Item:
    node = spot.node
    return {
        "kind": node.type,
        "level": spot.name.count("/"),
        "label": spoken(node.label, spot),
        "rows": len(spot.places) if node.type == Kind.REPEAT else None,
        "position": spot.place[-1] + 1 if spot.place else None,
        "answer": "" if node.type in HOLDERS else _words(spot),
        "file": spot.raw if node.type in MEDIA and isinstance(spot.raw, str) else "",
    }


def _words(spot: Spot) -> str:
    if spot.node.choices:
        labels = {choice.name: said(choice.label) for choice in spot.node.choices}
        chosen = spot.raw if isinstance(spot.raw, list) else [spot.raw]
        return "、".join(labels.get(str(each), str(each)) for each in chosen)
    return gettext("yes") if spot.raw is True else _field(spot)


def only_answered(refused: Mapping[str, str]) -> dict[str, str]:
    """While somebody still fills in, what is missing is not yet wrong."""
    return {name: why for name, why in refused.items() if why != REQUIRED}
