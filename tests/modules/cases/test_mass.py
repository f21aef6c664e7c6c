"""Mass events: raised within three reports, alarmed once, linked without hiding anything, never from complaints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from mulian.core import registry
from mulian.core.access import version
from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.core.registry import Module, Offer
from mulian.kernel import clock
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import raising
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.models import Case, MassEvent, MassReport
from mulian.modules.cases.queries import duty, lists
from tests.modules.cases.conftest import Line, later

pytestmark = pytest.mark.django_db(databases="__all__")
FIRE = "草原着火了，火势很大"


def watch(case: Case, minutes: float = 0) -> None:
    """The worker hands the event of the report to the handler."""
    row = Event.objects.filter(subject_id=case.id, name="cases.reported").get()
    raising.watch([row], now=later(minutes=minutes))


def report(line: Line, by: str, minutes: float, **said: object) -> Case:
    case = line.report(by, at=later(minutes=minutes), **{"text": FIRE, "hazard": "fire", **said})
    watch(case, minutes)
    return case


def names(name: str) -> list[Event]:
    return list(Event.objects.filter(name=name))


def test_raised_by_the_second_report_within_ten_minutes_and_alarmed_once(line: Line) -> None:
    first, second = report(line, "liaison", 0), report(line, "liaison2", 4)
    event = MassEvent.objects.get()
    assert (event.matter, event.area_id, event.first_at, event.last_at) == (
        "fire", "632623204", first.occurred_at, second.occurred_at,
    )  # fmt: skip
    third = report(line, "liaison3", 90)
    assert set(MassReport.objects.values_list("case_id", flat=True)) == {first.id, second.id, third.id}
    [signal] = names("cases.mass_event_raised")
    assert (signal.subject_kind, signal.data["cases"]) == ("mass_event", [str(first.id), str(second.id)])
    assert [each.data["cases"] for each in names("cases.mass_event_grew")] == [[str(third.id)]]
    told = Notice.objects.filter(kind="cases.mass").values_list("person", flat=True)
    assert set(told) == {line.world.people["county_duty"], line.world.people["county_duty2"]}
    assert len(told) == 2


def test_a_storm_watched_together_is_what_it_is_one_by_one(line: Line) -> None:
    def told(n: int) -> Case:
        by = ("liaison", "liaison2", "liaison3")[n % 3]
        said = {"text": FIRE, "hazard": "fire"} if n % 4 else {"text": "河水漫上来了", "hazard": "flood"}
        return line.report(by, at=later(minutes=n), **said)

    cases = [told(n) for n in range(12)]
    rows = list(Event.objects.filter(name="cases.reported").order_by("recorded_at"))
    raising.watch(rows, now=later(minutes=20))
    linked = {
        matter: set(MassReport.objects.filter(event__matter=matter).values_list("case_id", flat=True))
        for matter in ("fire", "flood")
    }
    assert linked == {
        "fire": {case.id for n, case in enumerate(cases) if n % 4},
        "flood": {case.id for n, case in enumerate(cases) if not n % 4},
    }
    assert MassEvent.objects.count() == len(names("cases.mass_event_raised")) == 2
    more = [told(n) for n in (13, 14, 15)]
    raising.watch(
        list(Event.objects.filter(subject_id__in=[case.id for case in more])), now=later(minutes=21)
    )
    [grew] = names("cases.mass_event_grew")
    assert grew.data["cases"] == [str(case.id) for case in more]


def test_two_ends_of_a_township_are_one_event(line: Line) -> None:
    """Too far apart to tell of each other, but the township has one event of a matter at a time."""
    ends = [Spot(lat=33.90, lon=100.10), Spot(lat=34.35, lon=100.10)]
    cases = [
        report(line, by, n, place=ends[n // 2], area="632623204201")
        for n, by in enumerate(("liaison", "liaison2", "liaison", "liaison2"))
    ]
    assert {case.place[:9] for case in cases} == {"632623204"}
    event = MassEvent.objects.get()
    assert set(MassReport.objects.values_list("case_id", "event_id")) == {(c.id, event.id) for c in cases}


def test_a_hazard_and_a_topic_of_one_name_are_two_matters(line: Line) -> None:
    for n, by in enumerate(("liaison", "liaison2", "liaison3")):
        report(line, by, n, text="路断了", hazard="road")
        report(line, by, n, text="要修一修路面", hazard="", topic="road")
    found = set(MassEvent.objects.filter(matter="road").values_list("hazard", flat=True))
    assert found == {True, False}


def test_the_same_event_again_changes_nothing(line: Line) -> None:
    first, second = report(line, "liaison", 0), report(line, "liaison2", 4)
    for case in (first, second, second):
        watch(case, 5)
    assert (MassEvent.objects.count(), MassReport.objects.count()) == (1, 2)


def test_no_report_is_hidden_by_an_event(line: Line) -> None:
    cases = [report(line, who, n) for n, who in enumerate(("liaison", "liaison2", "liaison3"))]
    actor = line.world.actor("county_duty")
    assert {case.id for case in lists.inbox(actor, later(hours=1)).items} == {case.id for case in cases}


def test_the_boards_alarm_stops_when_somebody_looks_after_it(line: Line) -> None:
    for n, who in enumerate(("liaison", "liaison2", "liaison3")):
        report(line, who, 20 * n, text="停电了，全村没电", hazard="")
    event = MassEvent.objects.get()
    actor, at = line.world.actor("county_duty"), later(hours=1)
    assert duty.alarms(actor, at) == 1
    before = duty.board_number(actor, at)
    raising.mark_seen(event=event.id, actor=actor, at=at)
    assert duty.alarms(actor, at) == 0
    assert duty.board_number(actor, at) != before
    raising.mark_seen(event=event.id, actor=line.world.actor("leader"), at=at)
    assert MassEvent.objects.get().seen_by_id == line.world.people["county_duty"]
    with pytest.raises(Problem):
        raising.mark_seen(event=event.id, actor=line.world.actor("village_lead"), at=at)


def test_a_complaint_takes_no_part(line: Line) -> None:
    """Crowds are no events: what people complain about is never counted together (BOUNDARIES)."""
    about = line.world.units["village:632623204201"]
    for n, who in enumerate(("liaison", "liaison2", "liaison_town")):
        report(line, who, n, about_unit=about)
    assert not MassEvent.objects.exists()


def test_personal_matters_take_no_part(line: Line) -> None:
    for n, who in enumerate(("liaison", "liaison2", "liaison3")):
        report(line, who, n, text="老人的养老金三个月没有发", hazard="")
    assert not MassEvent.objects.exists()


def test_it_ends_and_the_next_is_another(line: Line) -> None:
    report(line, "liaison", 0), report(line, "liaison2", 4)
    assert raising.sweep_mass(later(hours=20)) == 0
    assert raising.sweep_mass(later(hours=25)) == 1
    report(line, "liaison", 60 * 30), report(line, "liaison2", 60 * 30 + 4)
    assert MassEvent.objects.count() == 2


def test_the_board_and_the_page_of_an_event(line: Line) -> None:
    report(line, "liaison", 0), report(line, "liaison2", 4)
    event = MassEvent.objects.get()
    for language in ("zh-hans", "bo"):
        Person.objects.filter(username="county_duty").update(language=language)
        version.bump()
        client = Client(headers={"Accept": "text/html"})
        client.force_login(Person.objects.get(username="county_duty"))
        with clock.use(clock.FixedClock(later(minutes=5))):
            board = client.get("/duty/").content.decode()
            page = client.get(f"/duty/mass/{event.id}/").content.decode()
        assert f"/duty/mass/{event.id}/seen/" in board
        assert page.count("/cases/") >= 2
        assert "look after it" not in page


def true() -> bool:
    """A module's word that there is something behind its offer."""
    return True


def test_the_emergency_module_s_page_is_reached_from_the_event_once_there_is_one(line: Line) -> None:
    """Any module may offer a page for a mass event; those who may go there see the way."""
    for minutes in range(2):
        report(line, ("liaison", "liaison2")[minutes], minutes)
    event, officer = MassEvent.objects.get(), Client(headers={"Accept": "text/html"})
    officer.force_login(Person.objects.get(id=line.world.people["county_duty"]))
    way = f"/incidents/from/{event.id}/"
    offer = Offer("mass_event", "Open an incident", "/incidents/from/{id}/", "cases.duty", f"{__name__}.true")
    with clock.use(clock.FixedClock(later(minutes=2))):
        assert way not in officer.get(f"/duty/mass/{event.id}/").content.decode()
        with registry.also(Module(name="emergency", title="Emergency", offers=(offer,))):
            assert f'href="{way}"' in officer.get(f"/duty/mass/{event.id}/").content.decode()
        refused = replace(offer, permission="cases.replan")
        with registry.also(Module(name="emergency", title="Emergency", offers=(refused,))):
            assert way not in officer.get(f"/duty/mass/{event.id}/").content.decode()
