"""Facts about files. The subject is the transfer; the bytes themselves are never in the log."""

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutUpload(Event):
    subject_kind = "upload"
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileReceived(_AboutUpload):
    """All bytes are here, have the announced hash and are safe on disk."""

    name = "files.received"
    size: int


@dataclass(frozen=True, kw_only=True)
class FileReady(_AboutUpload):
    """The content was decoded and may be read; `served_as` differs from `sha256` when a clean copy
    replaced it.
    """

    name = "files.ready"
    mime: str
    seconds: float | None
    served_as: str


@dataclass(frozen=True, kw_only=True)
class FileRefused(_AboutUpload):
    """The content is not what it must be; `code` is the Problem's."""

    name = "files.refused"
    code: str
