"""Voices and words as the commands and rows of cases carry them."""

from __future__ import annotations

from collections.abc import Mapping

from mulian.core.sync.bodies import VoiceBody
from mulian.modules.cases.actions.said import Voice


def words_of(names: Mapping[str, str], language: str) -> dict[str, str]:
    """Words as phones hold them: in both languages of the county, because a phone is switched without network."""
    wanted = ("zh", "bo", "en") if language == "en" else ("zh", "bo")
    return {each: names[each] for each in wanted if names.get(each)}


def voice_of(body: VoiceBody | None) -> Voice | None:
    return Voice(sha256=body.sha256, seconds=body.seconds, mime=body.mime) if body else None
