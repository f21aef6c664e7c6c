"""Decode a voice piece by piece, counting its seconds; copy it without remarks when it carries any.

Only the demuxer chosen from the first bytes and a handful of codecs run. A recording cut off by a dying phone
is kept as far as it can be heard; one without any sound is refused.
"""

from __future__ import annotations

from typing import IO, Any

import av
import av.error
from av.audio.frame import AudioFrame
from av.container import InputContainer

from mulian.core.files.decoding.verdict import Refused, Verdict
from mulian.core.files.kinds import LONGEST_SECONDS

_DEMUXERS = {"audio/webm": "matroska", "audio/ogg": "ogg", "audio/mp4": "mp4", "audio/wav": "wav"}
_MUXERS = {"audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "mp4", "audio/wav": "wav"}
_CODECS = {
    "audio/webm": {"opus", "vorbis"},
    "audio/ogg": {"opus", "vorbis"},
    "audio/mp4": {"aac", "opus"},
    "audio/wav": {"pcm_s16le", "pcm_u8", "pcm_f32le", "pcm_s24le", "pcm_s32le"},
}
_TECHNICAL = frozenset(
    [
        *("encoder", "major_brand", "minor_version", "compatible_brands", "language"),
        *("handler_name", "vendor_id", "duration", "creation_time"),
    ]
)
"""Remarks a recorder writes about the file itself; any other (title, place, maker) is taken out (G3)."""


def decode(file: IO[bytes], mime: str, clean_copy: IO[bytes]) -> Verdict:
    """Raises `Refused`."""
    try:
        with av.open(file, "r", format=_DEMUXERS[mime], metadata_errors="replace") as container:
            _only_one_voice(container, mime)
            seconds = _listen(container)
            remarks = _remarks(container)
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise Refused("files.unreadable") from error
    if remarks:
        _copy(file, mime, clean_copy)
    return Verdict(mime=mime, seconds=round(seconds, 2), rewritten=remarks)


def _only_one_voice(container: InputContainer, mime: str) -> None:
    streams = list(container.streams)
    if len(streams) != 1 or streams[0].type != "audio":
        raise Refused("files.wrong_type")
    if streams[0].codec_context.name not in _CODECS[mime]:
        raise Refused("files.wrong_type")


def _listen(container: InputContainer) -> float:
    """Seconds of sound; frames are dropped at once, so an hour of silence costs no memory."""
    stream = container.streams.audio[0]
    stream.codec_context.thread_count = 1
    seconds = 0.0
    try:
        for frame in container.decode(stream):
            seconds += _length(frame)
            if seconds > LONGEST_SECONDS:
                raise Refused("files.too_long")
    except av.error.FFmpegError:
        pass  # the end is missing or damaged; what was heard so far counts
    if seconds <= 0:
        raise Refused("files.unreadable")
    return seconds


def _length(frame: AudioFrame) -> float:
    return frame.samples / frame.sample_rate


def _remarks(container: InputContainer) -> bool:
    """True when the file says anything but technical facts, in itself or in its stream, or holds chapters."""
    said = {key.lower() for key in (*container.metadata, *container.streams.audio[0].metadata)}
    return bool(said - _TECHNICAL)


def _copy(file: IO[bytes], mime: str, clean_copy: IO[bytes]) -> None:
    """The same packets in a new container without remarks; nothing is encoded again."""
    file.seek(0)
    try:
        with (
            av.open(file, "r", format=_DEMUXERS[mime], metadata_errors="replace") as source,
            av.open(clean_copy, "w", format=_MUXERS[mime]) as target,
        ):
            voice: Any = source.streams.audio[0]
            stream = target.add_stream_from_template(voice)
            stream.metadata.clear()
            for packet in source.demux(voice):
                if packet.dts is not None:
                    packet.stream = stream
                    target.mux(packet)
    except av.error.FFmpegError as error:
        raise Refused("files.unreadable") from error
