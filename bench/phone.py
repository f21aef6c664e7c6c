"""A phone in Python that speaks the wire contract as the app does: commands up, changes down, then sounds up.

Every step may be lost and repeated; what was reached is only what an answer said.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from random import Random
from typing import Any

from bench.outbox import Media, Saved, Store, Upload
from bench.wire import Answer, Line, NoAnswer, Refusal

BATCH, MOST = 50, 200
CHUNK = 96 * 1024
TUS = {"Tus-Resumable": "1.0.0"}
VERDICTS = {"received", "applied", "parked", "refused"}
FIRST, LONGEST = 2.0, 60.0


class Phone:
    """One enrolled phone: its store, and its line to the county (a proxy's port, usually)."""

    def __init__(self, line: Line, store: Store | None = None) -> None:
        self.line, self.store = line, store or Store()
        self.wiped, self.chunk = False, CHUNK

    def run(self) -> None:
        """One whole run of the sync. Raises NoAnswer or Refusal when it could not finish."""
        self.talk()
        self.send_sounds()

    def talk(self) -> None:
        """Words up, changes down."""
        while self.exchange():
            pass

    def send_sounds(self) -> None:
        """What is missing of sounds and photos whose command the county knows."""
        for name in self.store.media_due():
            self._finish(name, self.store.media[name])

    def run_until_done(
        self,
        *,
        seconds: float,
        work: Callable[[], None] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> bool:
        """Runs again after each failure as the app does: first 2 s, then twice as long each time, with jitter."""
        until, failures, chance = now() + seconds, 0, Random(self.line.token)
        while now() < until:
            try:
                (work or self.run)()
                return True
            except (NoAnswer, Refusal) as error:
                wait = error.retry_after if isinstance(error, Refusal) else 0.0
                pause = max(wait, min(LONGEST, FIRST * 2**failures)) * (1 + chance.random() / 2)
                time.sleep(min(pause, max(0.0, until - now())))
                failures += 1
        return False

    def exchange(self, *, limit: int = MOST) -> bool:
        """One round trip. Returns whether another must follow."""
        store, batch = self.store, self.store.unsent(BATCH)
        answer = _checked(self.line.post_json("/field/sync", _question(store, batch, limit)))
        told = {r["id"]: r for r in answer["receipts"]}
        receipts = {one.id: told[one.id] for one in batch if one.id in told}
        if batch and not receipts:
            raise NoAnswer("no command was answered")
        if any(change["op"] == "wipe" for change in answer["changes"]):
            return self._wipe(receipts)
        restored = store.epoch is not None and store.epoch != answer["epoch"]
        if restored:
            self._begin_again(answer["epoch"])
        if restored:
            # The pull starts anew after this answer and would never tell how "received" ended: asked for once more.
            receipts = {id: r for id, r in receipts.items() if r["verdict"] in ("applied", "refused")}
        store.receipts |= receipts
        if restored:
            return True
        store.epoch, store.cursor = answer["epoch"], answer["cursor"]
        if not store.absorb(answer["changes"]):
            self._begin_again(answer["epoch"], resend=False)
            return True
        if store.cold and not answer["more"]:
            store.sweep()
            store.cold = False
        return bool(answer["more"] or store.unsent(1))

    def restart(self) -> None:
        """The app is killed and opened again: only the store is left."""
        self.line.close()

    def _begin_again(self, epoch: str, *, resend: bool = True) -> None:
        """A restored server: every command and sound goes up again, everything is asked for again."""
        store = self.store
        store.epoch, store.cursor, store.cold, store.round = epoch, None, True, store.round + 1
        if resend:
            store.receipts.clear()
            store.uploads.clear()

    def _wipe(self, receipts: dict[str, dict[str, Any]]) -> bool:
        """Revoked: the county's data goes at once, unsent reports still go up."""
        self.store.receipts |= receipts
        self.store.things.clear()
        self.wiped = True
        return bool(self.store.unsent(1))

    def _finish(self, name: str, part: Media) -> None:
        """Sends what is missing of one sound; where to go on is always the server's word."""
        begun = name in self.store.uploads
        note = self.store.uploads.setdefault(name, Upload())
        try:
            answer = (self._ask(name) if begun else None) or self._create(name, part)
            self._note(note, answer, part)
            while not note.whole:
                before = note.offset
                self._note(note, self._patch(name, part, before), part)
                if not note.whole and note.offset <= before:
                    raise NoAnswer("the upload does not move")
        except Refusal as refusal:
            if refusal.status >= 500 or refusal.status in (401, 408, 429):
                raise
            if refusal.status == 460:
                self.store.uploads.pop(name)

    def _ask(self, name: str) -> Answer | None:
        try:
            return self.line.send("HEAD", f"/field/files/{name}", TUS)
        except Refusal as refusal:
            if refusal.status in (404, 410):
                return None
            raise

    def _create(self, name: str, part: Media) -> Answer:
        pairs = {"sha256": name, "mime": part.mime} | ({"sealed": part.sealed} if part.sealed else {})
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items()
        )
        headers = TUS | {"Upload-Length": str(len(part.bytes)), "Upload-Metadata": metadata}
        return self.line.send("POST", "/field/files", headers)

    def _patch(self, name: str, part: Media, offset: int) -> Answer:
        headers = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        try:
            return self.line.send(
                "PATCH", f"/field/files/{name}", headers, part.bytes[offset : offset + self.chunk]
            )
        except Refusal as refusal:
            if refusal.status != 409:
                raise
            return self._ask(name) or self._create(name, part)

    def _note(self, note: Upload, answer: Answer, part: Media) -> None:
        """Only a genuine tus answer moves the mark, and only the right hash makes it whole."""
        offset = answer.headers.get("upload-offset", "0" if answer.status == 201 else "")
        if not offset.isdigit() or "tus-resumable" not in answer.headers or int(offset) > len(part.bytes):
            raise NoAnswer("no upload offset")
        note.offset = int(offset)
        digest = base64.b64encode(bytes.fromhex(part.sha256)).decode()
        note.whole = answer.headers.get("repr-digest") == f"sha-256=:{digest}:"


def _question(store: Store, batch: list[Saved], limit: int) -> bytes:
    head = json.dumps({"v": 1, "epoch": store.epoch, "cursor": store.cursor}, separators=(",", ":"))[:-1]
    wires = b",".join(one.wire for one in batch)
    return head.encode() + b',"commands":[' + wires + f'],"max":{limit}}}'.encode()


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of the contract, else NoAnswer (a portal's page also says 200)."""
    shape = {"epoch": str, "now": str, "receipts": list, "changes": list}
    if not all(isinstance(answer.get(name), kind) for name, kind in shape.items()):
        raise NoAnswer("the answer has another shape")
    if any(receipt.get("verdict") not in VERDICTS for receipt in answer["receipts"]):
        raise NoAnswer("a receipt has another shape")
    return answer
