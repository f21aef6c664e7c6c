"""Judges a fault run: what was lost, doubled or wrongly called received, by the database and not by the phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.phone import Phone
from bench.truth import Truth


@dataclass
class Verdict:
    """What the referee found. `reports`: cases made by the run; `refused`: commands in quarantine.

    `lost`: saved on a phone, nowhere at the county. `doubled`: more effects than commands. `false_received`: a
    phone believes what is not so. `bytes_gone`: kept, but not byte for byte. `undecided`: the phone's last word is not
    the county's. `untold` counts those that are applied while the phone, truly but no more, says received.
    """

    reports: int = 0
    refused: int = 0
    sounds: int = 0
    untold: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    false_received: list[str] = field(default_factory=list)
    bytes_gone: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)

    @property
    def faults(self) -> dict[str, list[str]]:
        """Only what is wrong; empty when the guarantee holds."""
        names = ("lost", "doubled", "false_received", "bytes_gone", "undecided")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True)
class Said:
    """What people said: the words of each report, and the report each addition is for (by command)."""

    texts: Mapping[str, str]
    added: Mapping[str, str]


def judge(found: Truth, said: Said, fleet: Sequence[Phone], gone: Sequence[Phone]) -> Verdict:
    """`gone`: revoked phones, whose last commands are in quarantine."""
    verdict = Verdict(refused=sum(command.state == "refused" for command in found.commands.values()))
    words = set(said.texts.values())
    ours = {id: text for id, text in found.texts.items() if text in words}
    verdict.reports = len(ours)
    verdict.doubled = [
        id for id, text in ours.items() if found.reported[id] != 1 or said.texts.get(id) != text
    ]
    verdict.doubled += _added_twice(said, found)
    for phone in [*fleet, *gone]:
        _keeps_every_byte(phone, found, verdict)
    for phone in fleet:
        _believes_what_is_so(phone, found, said.texts, verdict)
        _sounds_are_there(phone, found, verdict)
    return verdict


def _added_twice(said: Said, found: Truth) -> list[str]:
    """Cases that have not exactly the additions that were applied."""
    states = {id: row.state for id, row in found.commands.items()}
    applied = Counter(case for id, case in said.added.items() if states.get(id) == "applied")
    return [case for case in said.texts if found.added[case] != applied[case]]


def _keeps_every_byte(phone: Phone, found: Truth, verdict: Verdict) -> None:
    """Nothing the phone saved is nowhere, refused or not, and the county has it byte for byte."""
    for id, saved in phone.store.commands.items():
        if id not in found.commands:
            verdict.lost.append(id)
        elif found.commands[id].raw not in (
            saved.wire,
            None if found.commands[id].state == "applied" else b"",
        ):
            verdict.bytes_gone.append(id)


def _believes_what_is_so(phone: Phone, found: Truth, texts: Mapping[str, str], verdict: Verdict) -> None:
    """Every receipt says what the database says, whatever happened on the way."""
    for id, receipt in phone.store.receipts.items():
        row = found.commands.get(id)
        state = row.state if row else "nowhere"
        if (receipt["verdict"], state) == ("received", "applied"):
            verdict.untold += 1
        elif receipt["verdict"] != state:
            verdict.undecided.append(f"{id}: {receipt['verdict']} on the phone, {state} at the county")
        elif id in texts and found.texts.get(id) != texts[id]:
            verdict.false_received.append(f"{id}: {state} {row.code if row else ''}")


def _sounds_are_there(phone: Phone, found: Truth, verdict: Verdict) -> None:
    for name, upload in phone.store.uploads.items():
        if upload.whole and found.sounds.get(name) not in ("checking", "ready"):
            verdict.false_received.append(f"sound {name[:12]}: {found.sounds.get(name)}")
        verdict.sounds += upload.whole
