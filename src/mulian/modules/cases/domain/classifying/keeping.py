"""The file of a model: a line of JSON, then plain numbers, then a fingerprint. Nothing in it is ever executed.

Layout: `MULIAN-SORTER 5\\n`, the head's length as eight hexadecimal digits and a line end, the head (JSON), the arrays
in the head's order, little-endian, and the SHA-256 of everything before. A file from a stranger can be wrong, but it
cannot run anything, nor make us reserve more memory than it is long.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.classifying.certainty import SIGNS, Certainty
from mulian.modules.cases.domain.classifying.destinations import Destination
from mulian.modules.cases.domain.classifying.finding import Finder
from mulian.modules.cases.domain.classifying.model import Model

BROKEN = register(
    "classify.broken_model",
    422,
    "This file is no model, or it is damaged.",
    "Train the model again, or take another copy of the file.",
)
FIRST = b"MULIAN-SORTER 5\n"
NOTHING = Certainty(np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0), float("inf"))
"""In the file of a model without branches."""
_DIGEST = 32
_LARGEST = 64_000_000
_KINDS = {
    "keys": "<u4", "rarity": "<f2", "table": "|i1", "scale": "<f4", "constant": "<f4",
    "weights": "<f8", "own": "<f8", "knots": "<f8", "rates": "<f8", "learnt": "<u8",
    "branch_weights": "<f8", "branch_own": "<f8", "branch_knots": "<f8", "branch_rates": "<f8",
}  # fmt: skip


def to_bytes(model: Model) -> bytes:
    """The file's content; the same model gives the same bytes."""
    arrays = _arrays(model)
    lengths = {name: list(array.shape) for name, array in arrays.items()}
    above = model.branch_certainty
    head = json.dumps(
        {
            "name": model.name,
            "topics": model.topics,
            "branches": model.branches,
            "places": dict(sorted(model.places.items())),
            "words": dict(sorted(model.finder.words.items())),
            "named": _finite_or_none(model.named),
            "threshold": _finite_or_none(model.certainty.threshold),
            "branch_threshold": _finite_or_none(above.threshold) if above else None,
            "arrays": lengths,
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    body = b"".join(array.astype(_KINDS[name]).tobytes() for name, array in arrays.items())
    content = FIRST + b"%08x\n" % len(head) + head + body
    return sealed(content)


def _finite_or_none(threshold: float) -> float | None:
    return threshold if np.isfinite(threshold) else None


def sealed(content: bytes) -> bytes:
    """The content with its fingerprint: against damage, not against forgery."""
    return content + hashlib.sha256(content).digest()


def from_bytes(raw: bytes) -> Model:
    """The model. Raises `classify.broken_model` for anything that is not exactly one."""
    try:
        return _read(raw)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Problem(BROKEN) from error


def _arrays(model: Model) -> Mapping[str, np.ndarray[Any, Any]]:
    sure, above = model.certainty, model.branch_certainty or NOTHING
    return {
        "keys": model.keys, "rarity": model.rarity, "table": model.table, "scale": model.scale,
        "constant": model.constant, "weights": sure.weights, "own": sure.constant, "knots": sure.knots,
        "rates": sure.rates, "learnt": model.learnt, "branch_weights": above.weights, "branch_own": above.constant,
        "branch_knots": above.knots, "branch_rates": above.rates,
    }  # fmt: skip


def _read(raw: bytes) -> Model:
    content, digest = raw[:-_DIGEST], raw[-_DIGEST:]
    if len(raw) > _LARGEST or not raw.startswith(FIRST) or hashlib.sha256(content).digest() != digest:
        raise ValueError("not a model")
    start = len(FIRST) + 9
    size = int(content[len(FIRST) : start - 1], 16)
    head = json.loads(content[start : start + size])
    at, arrays = start + size, {}
    for name, kind in _KINDS.items():
        shape = [_whole(each) for each in head["arrays"][name]]
        number = int(np.prod(shape, dtype=object))
        arrays[name] = np.frombuffer(content, kind, number, at).reshape(shape)
        at += number * np.dtype(kind).itemsize
    model = _model(head, arrays)
    if at != len(content) or not _fits(model):
        raise ValueError("the tables do not fit together")
    return model


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise ValueError("no size")
    return value


def _model(head: Mapping[str, Any], arrays: Mapping[str, Any]) -> Model:
    topics, above = tuple(head["topics"]), tuple(head["branches"])
    if not topics or not all(isinstance(each, str) for each in (*topics, *above, head["name"])):
        raise ValueError("no topics")
    places = {_text(name): Destination(*map(_text, found)) for name, found in head["places"].items()}
    words = {_text(word): tuple(map(_text, found)) for word, found in head["words"].items()}
    certainty = _certainty(arrays, "", head["threshold"])
    branch_certainty = _certainty(arrays, "branch_", head["branch_threshold"]) if above else None
    names = ("keys", "rarity", "table", "scale", "constant", "learnt")
    return Model(
        name=head["name"], topics=topics, certainty=certainty, branches=above, branch_certainty=branch_certainty,
        named=_number(head["named"]), places=places, finder=Finder(words), **{name: arrays[name] for name in names},
    )  # fmt: skip


def _certainty(arrays: Mapping[str, Any], of: str, threshold: Any) -> Certainty:
    weights, own, knots, rates = (arrays[f"{of}{name}"] for name in ("weights", "own", "knots", "rates"))
    return Certainty(weights, own, knots, rates, _number(threshold))


def _number(threshold: Any) -> float:
    return float("inf") if threshold is None else float(threshold)


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError("no name")
    return found


def _fits(model: Model) -> bool:
    marks, columns = len(model.keys), len(model.topics) + len(model.branches)
    shapes = (
        model.rarity.shape == (marks,)
        and model.table.shape == (marks, columns)
        and model.scale.shape == model.constant.shape == (columns,)
        and model.learnt.ndim == 1
    )
    rising = bool(np.all(model.keys[1:] > model.keys[:-1]))
    finite = all(bool(np.isfinite(table).all()) for table in (model.rarity, model.scale, model.constant))
    above = model.branch_certainty
    sound = _sound(model.certainty, len(model.topics)) and (
        above is None or _sound(above, len(model.branches))
    )
    return shapes and rising and finite and sound and model.named >= model.certainty.threshold


def _sound(sure: Certainty, topics: int) -> bool:
    shapes = (
        sure.constant.shape == (topics,)
        and sure.weights.shape == (SIGNS,)
        and sure.knots.shape == sure.rates.shape
        and sure.knots.ndim == 1
        and len(sure.knots) > 0
    )
    if not shapes or np.isnan(sure.threshold):
        return False
    rising = np.all(np.diff(sure.knots) >= 0) and np.all(np.diff(sure.rates) >= 0)
    finite = all(bool(np.isfinite(table).all()) for table in (sure.weights, sure.constant, sure.knots))
    return bool(rising and np.all((sure.rates >= 0) & (sure.rates <= 1))) and finite
