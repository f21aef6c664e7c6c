"""Decode a picture fully; write a clean copy when it carried more than its pixels."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from mulian.core.files.decoding.metadata import only_pixels
from mulian.core.files.decoding.verdict import Refused, Verdict
from mulian.core.files.kinds import MOST_PIXELS

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_QUALITY = 85


def decode(data: bytes, mime: str, clean_copy: BinaryIO) -> Verdict:
    """Raises `Refused`; every error of the decoder means that the picture cannot be opened."""
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[mime]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("files.too_many_pixels")
            picture.load()
            return _measured(picture, data, mime, clean_copy)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("files.unreadable") from error


def _measured(picture: Image.Image, data: bytes, mime: str, clean_copy: BinaryIO) -> Verdict:
    if only_pixels(data, mime):
        return Verdict(mime=mime, width=picture.width, height=picture.height)
    upright = ImageOps.exif_transpose(picture) or picture
    clean = _without_extras(upright)
    clean.save(clean_copy, format=_FORMATS[mime], quality=_QUALITY)
    return Verdict(mime=mime, width=clean.width, height=clean.height, rewritten=True)


def _without_extras(picture: Image.Image) -> Image.Image:
    """The same pixels in a picture object that knows nothing else (encoders copy what `info` holds)."""
    alpha = picture.mode in {"LA", "PA", "RGBA"} or "transparency" in picture.info
    mode = "RGBA" if alpha and picture.format != "JPEG" else "RGB"
    pixels = picture.convert("L" if picture.mode == "L" else mode)
    pixels.info.clear()
    return pixels
