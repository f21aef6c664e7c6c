"""Commands of earlier versions: each release's shape is turned, step by step, into the present one.

A phone may send a report months after it was said, so every version ever released stays readable
(`CommandKind.versions`, `CommandKind.upcasts`; the bytes of each lie in tests/field/golden). The stored bytes are
never rewritten: a step is taken each time they are opened.
"""

from __future__ import annotations

import logging

import msgspec

from mulian.core.registry import CommandKind, commands, resolve
from mulian.core.sync.wire import Envelope

log = logging.getLogger(__name__)


def upcast(envelope: Envelope) -> Envelope:
    """The command with its body in the present shape. Unknown kinds and versions are left for applying to judge."""
    kind = commands().get(envelope.kind)
    if kind is None or envelope.v == kind.versions[-1] or envelope.v not in kind.versions:
        return envelope
    try:
        envelope.body = _steps(kind, envelope.v, envelope.body)
    except Exception as error:
        # The body is not of the version it claims. It stays as it came and is refused with its bytes kept.
        log.info("a %s of version %s cannot be read: %s", envelope.kind, envelope.v, type(error).__name__)
    return envelope


def _steps(kind: CommandKind, version: int, raw: msgspec.Raw) -> msgspec.Raw:
    body = msgspec.json.decode(raw)
    for earlier in kind.versions[kind.versions.index(version) : -1]:
        body = resolve(kind.upcasts[earlier])(body)
    return msgspec.Raw(msgspec.json.encode(body))
