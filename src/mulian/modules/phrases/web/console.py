"""The page where a native speaker lends the phones a voice: one press a label, heard at once, spoken anew at will."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access.views import requires
from mulian.core.files.kinds import KINDS
from mulian.kernel.problems import Problem
from mulian.modules.phrases import actions
from mulian.modules.phrases.domain.words import SPOKEN, plain, shown
from mulian.modules.phrases.permissions import Permission
from mulian.modules.phrases.queries import spoken
from mulian.modules.phrases.queries.spoken import Line


@dataclass(frozen=True)
class Row:
    """A line of the page, with what the words mean in the reader's own language where that is another."""

    line: Line
    gloss: str


@requires(Permission.RECORD)
@require_safe
def start(request: Any) -> HttpResponse:
    """Leads to the language of whoever asks, Tibetan when that is none of the spoken ones."""
    wanted = "zh-Hans" if request.actor.language == "zh-hans" else "bo"
    return HttpResponseRedirect(reverse("phrases_page", args=[wanted]))


@requires(Permission.RECORD)
@require_safe
def page(request: Any, language: str) -> HttpResponse:
    """Every label of a language, or with `?missing=1` only those nobody has spoken."""
    _spoken(language)
    lines = spoken.lines(language)
    missing = [line for line in lines if line.sound is None or line.sound.example]
    only = bool(request.GET.get("missing"))
    context = {
        "language": language,
        "choices": SPOKEN,
        "groups": _groups([_row(request, language, line) for line in (missing if only else lines)]),
        "only_missing": only,
        "total": len(lines),
        "done": len(lines) - len(missing),
        "missing": len(missing),
    }
    return render(request, "phrases/page.html", context)


@requires(Permission.RECORD)
@require_POST
def record(request: Any, language: str) -> HttpResponse:
    """Takes a sound that was sent to /files before; answers the label's line as it is now."""
    _spoken(language)
    words = plain(request.POST.get("words", ""))
    sha256 = request.POST.get("sha256", "")
    actions.record(language=language, words=words, sha256=sha256, actor=request.actor, at=request.at)
    return _line(request, language, words)


@requires(Permission.RECORD)
@require_POST
def drop(request: Any, language: str) -> HttpResponse:
    """Takes a recording away; answers the label's line as it is now."""
    _spoken(language)
    words = plain(request.POST.get("words", ""))
    actions.drop(language=language, words=words, actor=request.actor, at=request.at)
    return _line(request, language, words)


@requires(Permission.RECORD)
@require_safe
def download(request: Any, language: str) -> HttpResponse:
    """The recordings as a pack keeps them: `phrases/<language>/`, sounds and the list of their words."""
    _spoken(language)
    sounds = [one for one in spoken.manifest(language) if not one.example]
    folder, packed = f"phrases/{language}", BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        rows = []
        for one in sounds:
            name = f"{one.media.sha256[:16]}.{KINDS[one.media.mime].suffix}"
            archive.write(one.media.path, f"{folder}/{name}")
            rows.append(f'"{name}" = "{one.words}"\n')
        archive.writestr(f"{folder}/index.toml", "[sounds]\n" + "".join(rows))
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="phrases-{language}.zip"'
    return response


def _line(request: Any, language: str, words: str) -> HttpResponse:
    line = next((one for one in spoken.lines(language) if one.phrase.words == words), None)
    if line is None:
        raise Problem("not_found")
    context = {"row": _row(request, language, line), "language": language}
    return render(request, "phrases/line.html", context)


def _row(request: Any, language: str, line: Line) -> Row:
    own = {"zh-hans": "zh-Hans"}.get(request.actor.language, request.actor.language)
    return Row(line, "" if own == language else shown(line.phrase.meaning.get(own, "")))


def _groups(rows: list[Row]) -> list[list[Row]]:
    """The lines of one part of the app together, in the app's order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.line.phrase.group, []).append(row)
    return list(found.values())


def _spoken(language: str) -> None:
    if language not in SPOKEN:
        raise Problem("not_found")
