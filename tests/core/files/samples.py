"""Makes real photos and voices of every kind, good and hostile; nothing is read from disk."""

import io
import struct
import zlib
from fractions import Fraction
from typing import Any

import av
from av.audio.frame import AudioFrame
from PIL import Image

RATE = 48_000


def picture(mime: str = "image/jpeg", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small gradient in the wanted format; `options` go to the encoder (`exif=`, `xmp=`, `quality=`)."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    image.save(out, format=mime.removeprefix("image/").upper(), **options)
    return out.getvalue()


def exif_with_place(orientation: int = 1) -> Image.Exif:
    """What a phone writes: maker, time, and the latitude and longitude of somebody's tent."""
    exif = Image.Exif()
    exif[0x010F] = "Tent Camera"
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (33.0, 58.0, 12.0), 3: "E", 4: (99.0, 54.0, 1.0)}
    return exif


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """900 million pixels in under a megabyte: the header is honest, the rows are zeros."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def voice(mime: str = "audio/webm", seconds: float = 1.0, **remarks: str) -> bytes:
    """Silence, encoded as a phone would; `remarks` become the file's metadata."""
    container, codec = {
        "audio/webm": ("webm", "libopus"),
        "audio/ogg": ("ogg", "libopus"),
        "audio/mp4": ("mp4", "aac"),
        "audio/wav": ("wav", "pcm_s16le"),
    }[mime]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        file.metadata.update(remarks)
        options = {"compression_level": "0"} if codec == "libopus" else {}  # silence needs no effort
        rate: dict[str, Any] = {} if codec[:3] == "pcm" else {"bit_rate": 16_000}
        stream = file.add_stream(codec, rate=RATE, options=options, layout="mono", **rate)
        for start in range(0, int(seconds * RATE), 960):
            file.mux(stream.encode(_silence(start, codec)))
        file.mux(stream.encode(None))
    return out.getvalue()


def _silence(start: int, codec: str) -> AudioFrame:
    frame = AudioFrame(format="fltp" if codec == "aac" else "s16", layout="mono", samples=960)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
    return frame
