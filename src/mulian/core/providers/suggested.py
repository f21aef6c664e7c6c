"""What machines that draft for people are sent and may answer; whatever is not exactly that is no answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

OK = 200
NAME = 60


def headers(token: str, mime: str) -> Mapping[str, str]:
    """Of a call to a machine, with its key where it has one."""
    return {
        "Content-Type": mime,
        "Accept": "application/json",
        **({"Authorization": f"Bearer {token}"} if token else {}),
    }


def said(body: bytes, longest: int) -> tuple[str, str] | None:
    """(text, engine) of a JSON answer; None for junk: no JSON, no text, control signs, or more than `longest`."""
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        return None
    text = answer["text"].strip()
    if not text or len(text) > longest or any(not c.isprintable() and c not in "\n\t" for c in text):
        return None
    engine = answer.get("engine")
    return text, engine[:NAME] if isinstance(engine, str) and engine.isprintable() else "machine"
