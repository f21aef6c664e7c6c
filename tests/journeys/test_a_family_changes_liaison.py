"""A family is handed from one liaison to another while the old one's phone is far from any signal.

A real server, the village lead in a real browser, two phones that speak the wire. What the old liaison wrote before the
hand-over arrives after it: it is taken, the family's new liaison has it, and both see what becomes of it.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.browsing import Screens, eventually, screens
from tests.journeys.servers import Phone, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "village_lead"


class Carried(Phone):
    """A phone that keeps what it is told."""

    def __init__(self, server: Server, token: str) -> None:
        super().__init__(server, token)
        self.held: dict[tuple[str, str], dict[str, Any]] = {}

    def sync(self, *commands: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, answer = super().sync(*commands)
        for change in answer["changes"]:
            key = (change.get("kind", ""), change.get("id", ""))
            if change["op"] == "drop":
                self.held.pop(key, None)
            elif change["op"] == "put":
                self.held[key] = change.get("data", {})
            elif change["op"] == "patch":
                self.held[key] = self.held[key] | change.get("data", {})
        return status, answer

    def households(self) -> set[str]:
        return {id for kind, id in self.held if kind == "household"}

    def case(self, id: str) -> dict[str, Any] | None:
        self.pull()
        return self.held.get(("case", id))

    def update(self, household: str) -> dict[str, Any] | None:
        self.pull()
        return self.held.get(("household", household))


def two_neighbours(server: Server) -> tuple[dict[str, str], dict[str, str]]:
    """Two liaisons with phones in different grid areas of the lead's village."""
    village = server.account(LEAD)["area"]
    found = {each["area"]: each for each in server.facts["devices"] if each["area"].startswith(village)}
    first, second, *_ = (found[area] for area in sorted(found))
    return first, second


def hand_over(opened: Screens, household: str, area: str) -> None:
    """The village lead says where the family lives now."""
    desk = opened.desk(LEAD)
    desk.goto(f"/households/{household}/move/")
    desk.select_option("select[name=kind]", "residing")
    desk.select_option("select[name=to]", area)
    desk.locator("form.stack button[type=submit]").click()
    desk.wait_for_url(f"**/households/{household}/")


def test_what_was_written_in_the_valley_follows_the_family(
    shared: Server, chromium_options: dict[str, Any]
) -> None:
    here, there = two_neighbours(shared)
    old, new = Carried(shared, here["token"]), Carried(shared, there["token"])
    for phone in (old, new):
        phone.pull()
    # One that is at home: a family in a camp here would rightly stay on the old phone until it leaves the camp.
    at_home = [id for id in old.households() if "camp" not in old.held["household", id]]
    family = sorted(at_home)[0]

    # In the valley, without a signal: a report, and a new telephone number.
    report = old.command("cases.report", {"text": "老人病了，要人送去县里", "household": family})
    changed = old.command("households.update", {"household": family, "phone": "000-9876"})
    with screens(shared, chromium_options) as opened:
        hand_over(opened, family, there["area"])

    eventually(lambda: new.update(family), "the family arrives on the new phone")
    status, answer = old.sync(report, changed)
    assert status == 200
    assert family not in old.households(), "the old phone lets go of the family at its next sync"
    assert [receipt["verdict"] for receipt in answer["receipts"]] in (["applied"] * 2, ["received"] * 2)

    eventually(lambda: old.case(report["id"]) and new.case(report["id"]), "both phones hold the case")
    eventually(lambda: (new.update(family) or {}).get("phone") == "000-9876", "the new phone has the number")
    assert family not in old.households()

    # What either adds, both see.
    status, answer = new.sync(new.command("cases.add", {"case": report["id"], "text": "车已经到了"}))
    assert status == 200
    eventually(
        lambda: all("车已经到了" in (phone.case(report["id"]) or {}).get("text", "") for phone in (old, new)),
        "both phones read what was added",
    )

    # From now on the old liaison writes about this family in vain, and is told so.
    late = old.command("households.update", {"household": family, "phone": "000-1111"})
    old.sync(late)

    def refused() -> bool:
        _, said = old.sync(late)
        return [(r["verdict"], r.get("code")) for r in said["receipts"]] == [("refused", "not_found")]

    eventually(refused, "the late writing is refused with a reason")
