"""Sound for what a demo says: soft tones made here, plainly no person, sent in through the same door as a phone's.

Nobody is recorded and nobody is imitated: a row of quiet notes is enough to hear that playing works.
"""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import TypeAlias, cast

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from mulian.core.files import inspection, receiving
from mulian.core.files.models import Blob
from mulian.core.files.tus import Creation
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

MIME = "audio/webm"
RATE, BIT_RATE = 16_000, 16_000
"""Samples a second, and the bits a second a phone's recording has."""
NOTES = (147.0, 165.0, 196.0, 220.0, 262.0)
"""Hertz: a low row of five notes."""
LOUDNESS = 0.16
Samples: TypeAlias = npt.NDArray[np.int16]


def bring(name: str, *, seconds: float, actor: Actor, at: datetime) -> Blob:
    """Makes the sound of that name and sends it for `actor`: announced, received, hashed, decoded apart; ready then.

    Raises the Problem of whatever check refuses it.
    """
    sound = murmur(name, seconds=seconds)
    named = sha256(sound).hexdigest()
    receiving.announce(creation=Creation(sha256=named, size=len(sound), mime=MIME), actor=actor, at=at)
    read = io.BytesIO(sound).read
    receiving.receive(sha256=named, offset=0, length=len(sound), read=read, actor=actor, at=at)
    blob = inspection.check_soon(named, at)
    if blob.state != Blob.State.READY:
        raise Problem(blob.code or "files.unreadable")
    return blob


def murmur(name: str, *, seconds: float) -> bytes:
    """Opus in WebM, mono, about 16 kbit/s; the same name and length give the same notes."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm", options={"fflags": "+bitexact"}) as container:
        stream = cast(AudioStream, container.add_stream("libopus", rate=RATE, layout="mono"))
        stream.bit_rate = BIT_RATE
        stream.codec_context.options = {"flags": "+bitexact"}
        container.mux(stream.encode(_frame(_samples(Random(f"murmur:{name}"), seconds))))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frame(samples: Samples) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.sample_rate = RATE
    frame.planes[0].update(samples.tobytes())
    return frame


def _samples(chance: Random, seconds: float) -> Samples:
    notes, missing = [], int(seconds * RATE)
    while missing > 0:
        notes.append(_note(chance.choice(NOTES), chance.uniform(0.25, 0.6))[:missing])
        missing -= len(notes[-1])
    return np.concatenate(notes)


def _note(hertz: float, seconds: float) -> Samples:
    """One note that swells and fades, with a little of its octave."""
    places = np.arange(int(seconds * RATE))
    turn, swell = 2 * np.pi * hertz / RATE * places, np.pi / len(places) * places
    tone = np.sin(swell) * (0.8 * np.sin(turn) + 0.2 * np.sin(2 * turn))
    return np.asarray(LOUDNESS * 32767 * tone, dtype=np.int16)
