"""The demo's cases: a few dozen invented reports, lived through the ordinary actions at past moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mulian.core.access import actors
from mulian.core.access.models import Device, Placement, Posting
from mulian.core.files import murmurs
from mulian.core.packs import Pack
from mulian.kernel.actor import Actor, Role
from mulian.kernel.clock import CN
from mulian.modules.cases.actions import feedback, handing, listening, pausing, reporting, steps, urging
from mulian.modules.cases.actions.climbing import sweep_promises
from mulian.modules.cases.actions.quieting import sweep_answered
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.outcomes import Plan
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.queries import ground
from mulian.modules.cases.queries.outcomes import leaders
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.seed.campaigns import campaigns
from mulian.modules.cases.seed.stories import HANDED, SPOKEN, STORIES, WAITING_FOR, Story

Act = Callable[[datetime], None]


@dataclass(frozen=True)
class _Family:
    """A liaison and one of the households they serve."""

    liaison: UUID
    household: UUID
    language: str
    phone: bool


def seed(*, pack: Pack, scale: str, at: datetime) -> int:
    """Lives through the stories in the order of their moments; answers how many cases there are."""
    families = list(_families(pack, at))
    if not families:
        return 0
    chance, diary = Random(f"cases:{pack.code}"), []
    for turn, story in enumerate(STORIES):
        family = families[chance.randrange(len(families))]
        diary += _Life(story, family, _id(story, turn, at, chance)).diary(at)
    for turn, story in enumerate(SPOKEN, len(STORIES)):
        family = _speaker(families, story.language, turn)
        diary += _Life(story, family, _id(story, turn, at, chance)).diary(at)
    nights = [(at - timedelta(days=day), turn, _night) for turn, day in enumerate(range(12, -1, -1), 10_000)]
    for moment, _, act in sorted([*diary, *nights], key=lambda entry: entry[:2]):
        act(moment)
    campaigns(pack, at)
    return len(STORIES) + len(SPOKEN)


def _speaker(families: list[_Family], language: str, turn: int) -> _Family:
    """Who speaks: of that language if anybody is, and with a phone, so that an answer can be heard there."""
    able = [family for family in families if family.language == language] or families
    phones = [family for family in able if family.phone] or able
    return phones[(turn - len(STORIES)) % len(phones)]


def _night(at: datetime) -> None:
    """What the worker does while nobody looks."""
    sweep_promises(at)
    sweep_answered(at)


def _families(pack: Pack, at: datetime) -> Iterator[_Family]:
    """Every liaison with a household of their area, in a stable order; the demo's township first."""
    town = str(pack.part("pack").get("demo_township") or pack.code)
    posts = Posting.objects.filter(
        role=Role.LIAISON, area__code__startswith=town, valid_from__lte=at - timedelta(days=13)
    )
    held = Placement.objects.filter(
        subject_kind="household", counts_as=Placement.As.RESIDING, valid_to__isnull=True
    )
    first: dict[str, UUID] = {}
    for area, household in held.order_by("area_id", "subject_id").values_list("area_id", "subject_id"):
        first.setdefault(area, household)
    phones = set(Device.objects.filter(revoked_at=None).values_list("person_id", flat=True))
    for post in posts.select_related("person").order_by("area_id", "person_id"):
        if post.area_id in first:
            person = post.person
            yield _Family(person.id, first[post.area_id], person.language, person.id in phones)


def _id(story: Story, turn: int, at: datetime, chance: Random) -> UUID:
    """A version 7 id of the story's moment, the same in every run."""
    milliseconds = int((at - timedelta(days=story.days)).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | turn << 64 | 2 << 62 | chance.getrandbits(62))


@dataclass(frozen=True)
class _Life:
    """One story, as dated acts."""

    story: Story
    family: _Family
    id: UUID

    def diary(self, at: datetime) -> list[tuple[datetime, int, Act]]:
        """The report and its steps, spread over the time since; nothing lies after `at`."""
        began = at - timedelta(days=self.story.days)
        pace = min(timedelta(hours=9), (at - began) / (len(self.story.path) + 1))
        acts: list[Act] = [self._report, *(getattr(self, f"_{name}") for name in self.story.path)]
        return [(began + pace * number, number, act) for number, act in enumerate(acts)]

    def _report(self, at: datetime) -> None:
        household = self.family.household if self.story.household else None
        voice = self._voice("report", self.story.seconds, self._liaison(at), at)
        reporting.report(
            id=self.id, actor=self._liaison(at), at=at, text="" if voice else self.story.text, voice=voice,
            household=household, urgent=self.story.urgent, door="phone", written_at=at,
        )  # fmt: skip

    def _voice(self, what: str, seconds: float, actor: Actor, at: datetime) -> Voice | None:
        if not seconds:
            return None
        sound = murmurs.bring(f"{what}:{self.id}", seconds=seconds, actor=actor, at=at)
        return Voice(sha256=sound.sha256, seconds=sound.seconds, mime=sound.mime)

    def _hear(self, at: datetime) -> None:
        """Whoever the rota asked writes it down."""
        item = ListeningItem.objects.get(case=self.id)
        if item.asked_id is not None:
            listening.transcribe(
                item=item.id, transcript=self.story.text, translation=self.story.translation,
                actor=_actor(item.asked_id, at), at=at,
            )  # fmt: skip

    def _plan(self, at: datetime) -> Plan:
        """A register's line with a leader in charge; a county without leaders simply solves it."""
        ending, who = self.story.ending, leaders(at)
        if ending is None or not who:
            return steps.SIMPLY
        today = at.astimezone(CN).date()
        review = today + timedelta(days=ending.review)
        built = ending.contractor != ""
        return Plan(
            outcome=ending.outcome, leader=UUID(who[0][0]), review_on=review, address=ending.address,
            contractor=ending.contractor, fund=ending.fund,
            starts_on=today if built else None, ends_on=review if built else None,
        )  # fmt: skip

    def _take(self, at: datetime) -> None:
        steps.take(case=self.id, actor=self._holder(at), at=at)

    def _start(self, at: datetime) -> None:
        steps.start(case=self.id, actor=self._holder(at), at=at)

    def _wait(self, at: datetime) -> None:
        pausing.wait(case=self.id, actor=self._holder(at), at=at, reason=WAITING_FOR)

    def _solve(self, at: datetime) -> None:
        said, plan = self.story.solved, self._plan(at)
        steps.solve(case=self.id, actor=self._holder(at), at=at, text=said, plan=plan)

    _answerable = _solve

    def _answer(self, at: datetime) -> None:
        holder = self._holder(at)
        voice = self._voice("answer", self.story.answer_seconds, holder, at)
        steps.answer(case=self.id, actor=holder, at=at, text=self.story.answered, voice=voice)

    def _content(self, at: datetime) -> None:
        feedback.feedback(case=self.id, actor=self._liaison(at), at=at, solved=True, stars=self.story.stars)

    def _veto(self, at: datetime) -> None:
        feedback.feedback(case=self.id, actor=self._liaison(at), at=at, solved=False, text=HANDED["veto"])

    def _transfer(self, at: datetime) -> None:
        """To the department competent for the topic, where somebody works there."""
        case = self._case()
        held = ground.roster(at)
        staffed = {officer.unit for officer in held.officers}
        fitting = [unit for unit in rules().topics.departments(case.topic, case.area_id) if unit in staffed]
        if fitting:
            handing.transfer(
                case=self.id, to=fitting[0], actor=self._holder(at), at=at, reason=HANDED["transfer"]
            )

    def _giveback(self, at: datetime) -> None:
        if self._case().handed_over:
            handing.give_back(case=self.id, actor=self._holder(at), at=at, reason=HANDED["giveback"])

    def _passup(self, at: datetime) -> None:
        handing.pass_up(case=self.id, actor=self._holder(at), at=at, reason=HANDED["passup"])

    def _thanks(self, at: datetime) -> None:
        if self._case().kind == "thanks":
            steps.close(case=self.id, actor=self._holder(at), at=at)

    def _test(self, at: datetime) -> None:
        urging.cancel_test(case=self.id, actor=self._holder(at), at=at)

    def _case(self) -> Case:
        return Case.unscoped.because("the demo's own cases").get(id=self.id)

    def _holder(self, at: datetime) -> Actor:
        """Whoever is responsible does what comes next."""
        person = self._case().responsible_person_id
        assert person is not None
        return _actor(person, at)

    def _liaison(self, at: datetime) -> Actor:
        return _actor(self.family.liaison, at)


def _actor(person: UUID, at: datetime) -> Actor:
    found = actors.actor_then(person, at)
    assert found is not None
    return found
