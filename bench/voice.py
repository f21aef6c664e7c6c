"""Sounds for measurements: random notes as Opus in WebM, as large as a phone's recording of that length."""

from __future__ import annotations

import io
from array import array
from math import pi, sin
from random import Random
from typing import Any

import av

RATE, BIT_RATE = 16_000, 16_000
"""Samples a second, and the bits a second a phone's recorder uses."""


def voice(chance: Random, seconds: float) -> bytes:
    """About 2 KB a second; every call gives another sound."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream: Any = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame(format="s16", layout="mono", samples=int(seconds * RATE))
        frame.sample_rate = RATE
        frame.planes[0].update(_samples(chance, frame.samples).tobytes())
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _samples(chance: Random, count: int) -> array[int]:
    """Notes of a fifth of a second with some noise, so that the codec has as much to do as with speech."""
    samples, hertz = array("h"), 200.0
    for place in range(count):
        if place % (RATE // 5) == 0:
            hertz = chance.uniform(90.0, 900.0)
        samples.append(int(6000 * sin(2 * pi * hertz * place / RATE)) + chance.randrange(-900, 900))
    return samples
