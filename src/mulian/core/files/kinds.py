"""The kinds of file Mulian takes, how large each may be, and what its names are on the wire (G21)."""

from dataclasses import dataclass

MIB = 1024 * 1024
LARGEST = 20 * MIB
"""No file of any kind is larger; also what an upload without a declared type may hold."""
LONGEST_SECONDS = 310
"""A voice of five minutes, and ten seconds for the phone that stops late."""
BOX_BYTES = 128
"""A sealed file may be larger by what its box adds (109 bytes)."""
SHELVED_EACH, SHELVED_TOGETHER, MOST_SHELVED = 1 * MIB, 20 * MIB, 300
"""Files that every phone of a county fetches (pictures and sounds of forms): bytes of one, of all, and how many."""
SHELVED_PIXELS = 4_000_000
"""A label's picture fills a phone's screen and no more."""
MOST_PIXELS = 50_000_000
"""A 50-megapixel phone camera; a decoder needs about three bytes for each."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One decodable kind: the type we serve it as, its suffix, and the most bytes it may have."""

    mime: str
    suffix: str
    most: int
    declared: frozenset[str]


def _kind(mime: str, suffix: str, most: int, *also: str) -> Kind:
    return Kind(mime=mime, suffix=suffix, most=most, declared=frozenset({mime, *also}))


KINDS = {
    kind.mime: kind
    for kind in (
        _kind("image/jpeg", "jpg", 10 * MIB, "image/jpg", "image/pjpeg"),
        _kind("image/png", "png", 10 * MIB),
        _kind("image/webp", "webp", 10 * MIB),
        _kind("audio/webm", "webm", 5 * MIB, "video/webm"),
        _kind("audio/ogg", "ogg", 5 * MIB, "audio/opus", "application/ogg"),
        _kind("audio/mp4", "m4a", 5 * MIB, "audio/m4a", "audio/x-m4a", "audio/aac", "video/mp4"),
        _kind("audio/wav", "wav", 5 * MIB, "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    )
}
"""What a decoder must find; a browser may call a recording without pictures `video/webm`."""


def declared_kind(mime: str) -> Kind | None:
    """The kind a sender means by `mime` (parameters such as `;codecs=opus` ignored), or None."""
    bare = mime.partition(";")[0].strip().lower()
    return next((kind for kind in KINDS.values() if bare in kind.declared), None)


def most_bytes(mime: str, *, sealed: bool = False) -> int:
    """How large a file declared as `mime` may be; an empty declaration gets the general limit."""
    kind = declared_kind(mime)
    return (kind.most if kind else LARGEST) + (BOX_BYTES if sealed else 0)


def sniff(head: bytes) -> str | None:
    """Which single decoder may try a file that starts so; None means no decoder may touch it.

    This chooses the decoder and proves nothing: probing by a library would open dozens of formats.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] in {b"WEBP", b"WAVE"}:
        return "image/webp" if head[8:12] == b"WEBP" else "audio/wav"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    return "audio/mp4" if head[4:8] == b"ftyp" else None
