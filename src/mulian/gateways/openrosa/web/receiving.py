"""Takes the body of a submission in as it flows: the form's XML, and files into spool files of the data folder.

Django reads multipart bodies, but not one without a length (chunked transfer), and it takes a body that broke off for
a whole one. Both are minded here: the stream is counted, and a body counts only with its closing boundary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.request import UnreadablePostError

from mulian.core.files.place import storage
from mulian.core.files.storage import full_disk_is_a_problem
from mulian.gateways.openrosa.actions.keeping import Spooled
from mulian.gateways.openrosa.domain import reading
from mulian.gateways.openrosa.domain.refusals import NO_SUBMISSION
from mulian.kernel.problems import Problem

MOST = 100_000_000
"""Bytes of one request, as advertised: a program cuts what is larger into several."""
FRAME = 1_000_000
"""What boundaries and headers of many parts may add."""
IN_MEMORY = 256 * 1024
XML_FIELD = "xml_submission_file"
XML_TYPES = frozenset({"text/xml", "application/xml"})
TAIL = 1024


@dataclass(frozen=True)
class Body:
    """One request's content. Files are found by the name of their field, which is the file's name."""

    xml: bytes
    files: Mapping[str, Spooled]


def receive(request: HttpRequest) -> Body:
    """Raises `too_large`, `unsupported`, `bad_request` (broken off), `disk_full`, `openrosa.no_submission`."""
    stream = _Stream(request)
    storage().need_room(stream.announced)
    kind = (request.content_type or "").lower()
    try:
        if kind in XML_TYPES:
            return Body(_bare(stream), {})
        if kind == "multipart/form-data":
            return _parts(request, stream)
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation) as error:
        code = "too_large" if isinstance(error, RequestDataTooBig) else "bad_request"
        raise Problem(code) from error
    raise Problem("unsupported")


def _bare(stream: _Stream) -> bytes:
    body = stream.read(reading.LARGEST + 1)
    while len(body) <= reading.LARGEST and (more := stream.read(reading.LARGEST + 1 - len(body))):
        body += more
    if stream.announced and len(body) < min(stream.announced, reading.LARGEST):
        raise Problem("bad_request")
    return body


def _parts(request: HttpRequest, stream: _Stream) -> Body:
    meta = {**request.META, "CONTENT_LENGTH": stream.announced or MOST}
    handler = Spool()
    fields, found = MultiPartParser(meta, cast(Any, stream), [handler], "utf-8").parse()
    boundary = cast(Any, request).content_params.get("boundary", "")
    if f"--{boundary}--".encode() not in stream.tail:
        raise Problem("bad_request")
    files = {file.name: file for _, group in found.lists() for file in group}
    files |= {name: group[-1] for name, group in found.lists()}
    sent = files.pop(XML_FIELD, None)
    xml = sent.file.read(reading.LARGEST + 1) if sent else str(fields.get(XML_FIELD, "")).encode()
    if not xml:
        raise Problem(NO_SUBMISSION)
    return Body(xml, {name: file for name, file in files.items() if file is not sent})


class _Stream:
    """The body without its framing, counted; `announced` is 0 where the sender named no length."""

    def __init__(self, request: HttpRequest) -> None:
        self.announced = int(request.META.get("CONTENT_LENGTH") or 0)
        chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
        self._input: Any = request.META["wsgi.input"] if chunked and not self.announced else request
        self._come, self.tail = 0, b""
        self._count(self.announced)

    def read(self, most: int | None = None) -> bytes:
        piece: bytes = self._input.read(64 * 1024 if most is None else most)
        self._come += len(piece)
        self._count(self._come)
        self.tail = (self.tail + piece)[-TAIL:]
        return piece

    def _count(self, size: int) -> None:
        if size > MOST + FRAME:
            raise Problem("too_large")


class Spool(FileUploadHandler):
    """Writes each file to a spool file as it comes, and its SHA-256 beside it."""

    file: IO[bytes]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        folder = storage().part("spool").parent
        spool = SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115 -- lives until the answer
        self.file = cast(IO[bytes], spool)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._digest.update(raw_data)
        with full_disk_is_a_problem():
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        self.file.seek(0)
        return Spooled(self.file_name or "", self._digest.hexdigest(), file_size, self.file)
