"""The headers of tus 1.0 (resumable upload): reading a request's, writing an answer's. No Django."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from mulian.core.files.kinds import LARGEST
from mulian.kernel.problems import Problem

VERSION = "1.0.0"
PATCH_TYPE = "application/offset+octet-stream"
SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,15}")

ABILITIES = {
    "Tus-Resumable": VERSION,
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,expiration",
    "Tus-Max-Size": str(LARGEST),
}
"""What OPTIONS answers."""


@dataclass(frozen=True, kw_only=True)
class Creation:
    """What a phone announces: the hash it will be held to, the bytes to come, the type it claims.

    `sealed` is the id of the key the bytes are sealed to; the type is then that of what lies inside.
    """

    sha256: str
    size: int
    mime: str
    sealed: str = ""


def check_version(headers: Mapping[str, str]) -> None:
    """Every request but OPTIONS and GET names the protocol version; another one is 412."""
    if headers.get("Tus-Resumable") != VERSION:
        raise Problem("files.wrong_version", version=VERSION)


def number(headers: Mapping[str, str], name: str) -> int:
    """A header that is a count of bytes; absent or not a plain number is a bad request."""
    value = headers.get(name, "")
    if not _NUMBER.fullmatch(value):
        raise Problem("files.bad_header", header=name)
    return int(value)


def creation(headers: Mapping[str, str]) -> Creation:
    """Read a creation request. Raises `files.bad_header` (400)."""
    metadata = _metadata(headers.get("Upload-Metadata", ""))
    sha256 = metadata.get("sha256", "").lower()
    if not SHA256.fullmatch(sha256):
        raise Problem("files.bad_header", header="Upload-Metadata")
    size = number(headers, "Upload-Length")
    sealed = metadata.get("sealed", "")[:32]
    return Creation(sha256=sha256, size=size, mime=metadata.get("mime", "")[:100], sealed=sealed)


def _metadata(value: str) -> dict[str, str]:
    """`key base64, key base64` as tus writes it; a key without a value is empty."""
    pairs = (part.split() for part in value.split(",") if part.strip())
    return {pair[0]: _decoded(pair[1]) if len(pair) > 1 else "" for pair in pairs}


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Problem("files.bad_header", header="Upload-Metadata") from None


def answer(
    *,
    offset: int | None = None,
    size: int | None = None,
    expires: datetime | None = None,
    whole: str | None = None,
) -> dict[str, str]:
    """The headers that tell the sender where the upload stands.

    `whole` is the SHA-256 of the bytes, once all are here and were counted by it: a phone calls nothing received
    without it (RFC 9530).
    """
    headers = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    if offset is not None:
        headers["Upload-Offset"] = str(offset)
    if size is not None:
        headers["Upload-Length"] = str(size)
    if expires is not None:
        headers["Upload-Expires"] = format_datetime(expires, usegmt=True)
    if whole is not None:
        headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(whole)).decode()}:"
    return headers
