"""The demo's tasks and visits: a few invented ones, lived through the ordinary actions at past moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from mulian.core.access import actors
from mulian.core.access.models import Posting
from mulian.core.areas.events import area_subject
from mulian.core.database.rows import insert
from mulian.core.events.log import append
from mulian.core.packs import Pack
from mulian.kernel.actor import SYSTEM, Actor, Role
from mulian.kernel.clock import CN
from mulian.modules.tasks.actions.answering import answer
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.domain.asking import Asks, Value
from mulian.modules.tasks.events import TasksSeeded
from mulian.modules.tasks.models import Assignment, Visit
from mulian.modules.tasks.queries import serving
from mulian.modules.tasks.queries.visits import Fresh, fresh

DAY = timedelta(days=1)
VISITED = 0.85
"""The share of families somebody has visited in the last fifty days."""
SAID = ("送去了政策明白卡。", "问了草料和看病的事。", "帮着看了补贴到账情况。")


@dataclass(frozen=True)
class Story:
    """A task: issued `ago` days ago by a role, due after `days`, answered by this share of its liaisons."""

    title: str
    text: str
    title_bo: str
    text_bo: str
    by: Role
    asks: Asks
    ago: float
    days: float
    share: float
    urgent: bool = False


STORIES = (
    Story(
        "统计各户越冬饲草还差多少捆",
        "问清每一户，没有缺口的填零。",
        "ཁྱིམ་ཚང་སོ་སོར་དགུན་གྱི་རྩྭ་ཆག་ཆུན་པོ་ག་ཚོད་མི་འདང་བ་བརྩི་རོགས།",
        "ཁྱིམ་ཚང་ཚང་མར་དྲིས་རོགས། མི་འདང་བ་མེད་ན་ཀླད་ཀོར་བྲིས་རོགས།",
        Role.TOWNSHIP_OFFICER,
        Asks.NUMBER,
        6,
        5,
        0.8,
    ),
    Story(
        "暴雪预警：每户通知到人",
        "今夜起降雪，请备好燃料和饲草。",
        "ཁ་བ་ཆེན་པོའི་སྔོན་བརྡ། ཁྱིམ་ཚང་ཚང་མར་བརྡ་སྦྱོར་རོགས།",
        "དོ་ནུབ་ནས་ཁ་བ་འབབ་རྒྱུ་ཡིན། བུད་རྫས་དང་རྩྭ་ཆག་གྲ་སྒྲིག་བྱེད་རོགས།",
        Role.COUNTY_DUTY,
        Asks.DONE,
        0.4,
        1,
        0.5,
        True,
    ),
    Story(
        "看一看水井和机泵是否结冰",
        "拍一张照片。",
        "ཁྲོན་པ་དང་ཆུ་འཐེན་འཕྲུལ་འཁོར་ལ་འཁྱག་རོམ་ཆགས་ཡོད་མེད་ལྟ་རོགས།",
        "པར་གཅིག་རྒྱག་རོགས།",
        Role.VILLAGE_LEAD,
        Asks.PHOTO,
        1,
        3,
        0.0,
    ),
    Story(
        "医保缴费政策讲到户",
        "讲给每一户听。",
        "སྨན་བཅོས་འགན་བཅོལ་གྱི་དངུལ་འཇལ་བའི་སྲིད་ཇུས་ཁྱིམ་ཚང་ཚང་མར་བཤད་རོགས།",
        "ཁྱིམ་ཚང་རེ་རེར་ཁ་ནས་བཤད་རོགས།",
        Role.TOWNSHIP_OFFICER,
        Asks.VOICE,
        2,
        9,
        0.0,
    ),
    Story(
        "牛羊春防疫苗是否已打完",
        "打完的答是。",
        "ནོར་ལུག་ལ་དཔྱིད་ཀའི་འགོག་སྨན་ཁབ་བརྒྱབ་ཚར་ཡོད་མེད།",
        "བརྒྱབ་ཚར་ན་ཡིན་ཞེས་ལན་འདེབས་རོགས།",
        Role.VILLAGE_LEAD,
        Asks.YES_NO,
        12,
        7,
        1.0,
    ),
)


def seed(*, pack: Pack, scale: str, at: datetime) -> int:
    """Issues the stories' tasks in the demo's township and pays some visits; how many of both."""
    chance = Random(f"tasks:{pack.code}")
    town = str(pack.part("pack").get("demo_township") or pack.code)
    issued = sum(_live(story, turn, town, chance, at) for turn, story in enumerate(STORIES))
    return issued + _visits(town, chance, at)


def _live(story: Story, turn: int, town: str, chance: Random, at: datetime) -> bool:
    """One task and its answers; False where nobody could issue it or nobody would receive it."""
    since = at - story.ago * DAY
    post = _first(story.by, town, since)
    area = _village(town, post) if post else None
    if post is None or area is None or not serving.in_area(Role.LIAISON, area, since):
        return False
    task = issue(
        id=_id(since, turn, chance), title=story.title, text=story.text, area=area,
        due=_evening(since + story.days * DAY), asks=story.asks, urgent=story.urgent,
        other_title=story.title_bo, other_text=story.text_bo,
        actor=_actor(post.person_id, since), at=since,
    )  # fmt: skip
    parts = list(
        Assignment.unscoped.because("the demo's own").filter(task=task).order_by("area_id", "person_id")
    )
    for part in parts[: int(len(parts) * story.share)]:
        when = since + min(at - since, task.due_at - since) * chance.uniform(0.05, 0.95)
        answer(task=task.id, actor=_actor(part.person_id, when), at=when, value=_value(story.asks, chance))
    return True


def _evening(moment: datetime) -> datetime:
    """Six in the evening of that day in the county."""
    return moment.astimezone(CN).replace(hour=18, minute=0, second=0, microsecond=0)


def _value(asks: Asks, chance: Random) -> Value:
    if asks is Asks.NUMBER:
        return float(chance.choice((0, 0, 10, 20, 40, 60)))
    return chance.random() < 0.9 if asks is Asks.YES_NO else None


def _first(role: Role, town: str, at: datetime) -> Posting | None:
    """The first holder of a role who serves the township: in it, or above it."""
    rows = serving.holding(role, at).order_by("area_id", "person_id")
    return next((p for p in rows if p.area_id.startswith(town) or town.startswith(p.area_id)), None)


def _village(town: str, post: Posting) -> str | None:
    """A village's own task goes to the village; all others to one village of the township, the first that is served."""
    if len(post.area_id) > len(town):
        return post.area_id
    areas = serving.in_area(Role.LIAISON, town, post.valid_from)
    return min((code[:12] for code in areas), default=None)


def _visits(town: str, chance: Random, at: datetime) -> int:
    """Most families of the township were visited in the last weeks: rows of one batch, with one event."""
    post = _first(Role.TOWNSHIP_OFFICER, town, at)
    if post is None:
        return 0
    serve = serving.in_area(Role.LIAISON, town, at)
    seen = [
        row
        for row in fresh(_actor(post.person_id, at), at)
        if row.area in serve and chance.random() < VISITED
    ]
    rows = [_visit(turn, row, min(serve[row.area]), chance, at) for turn, row in enumerate(seen)]
    with transaction.atomic():
        insert(rows)
        event = TasksSeeded(subject_id=area_subject(town), tasks=len(STORIES), visits=len(rows))
        append(event, actor=SYSTEM, at=at, areas=[town])
    return len(rows)


def _visit(turn: int, row: Fresh, person: UUID, chance: Random, at: datetime) -> Visit:
    when = at - chance.uniform(1, 50) * DAY
    text = chance.choice(SAID) if chance.random() < 0.3 else ""
    return Visit(
        id=_id(when, turn % 4096, chance),
        household=row.household,
        person_id=person,
        at=when,
        received_at=when,
        text=text,
    )


def _id(at: datetime, turn: int, chance: Random) -> UUID:
    """A version 7 id of the moment, the same in every run."""
    return UUID(
        int=int(at.timestamp() * 1000) << 80 | 7 << 76 | turn << 64 | 2 << 62 | chance.getrandbits(62)
    )


def _actor(person: UUID, at: datetime) -> Actor:
    found = actors.actor_then(person, at)
    assert found is not None
    return found
