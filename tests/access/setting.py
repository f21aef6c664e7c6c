"""The cast with one thing of every kind near by and one far away, and a person who has no duty at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction

from mulian.core.access import actions as access
from mulian.core.access import actors, api_tokens, devices
from mulian.core.access.models import DutyShift, Person, Posting
from mulian.core.areas.models import Area
from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.place import storage
from mulian.core.notify.actions import tell
from mulian.core.notify.models import Notice
from mulian.core.sheets.writing import Sheet, write_xlsx
from mulian.core.sync.models import Command
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import handing, listening, reporting
from mulian.modules.cases.actions.asking_translation import ask_for
from mulian.modules.cases.actions.campaigns import begin
from mulian.modules.cases.actions.knocking import Knock, knock
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.actions.services import open_service
from mulian.modules.cases.models import Case, ListedFamily, ListeningItem, MassEvent, ServiceList
from mulian.modules.forms.actions.publishing import publish
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.public import About, Subject, Submission, receive
from mulian.modules.households.actions import (
    Agreed,
    Asked,
    Help,
    decide_request,
    member_came,
    note_need,
    take_request,
)
from mulian.modules.households.actions.camping import open_camp
from mulian.modules.households.actions.exporting import ask_export
from mulian.modules.households.actions.importing import Bringing, take_table
from mulian.modules.households.actions.institutions import Premises, register_institution
from mulian.modules.households.actions.returning import add_form, fill_return, mark_cell
from mulian.modules.households.domain.camps import Season
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.lives import Why
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.domain.returning import Mark
from mulian.modules.households.models import Belonging, Member
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.models import Assignment, Task
from tests import world as cast
from tests.world import AT, FAR, GRID, VILLAGE, World
from tests.world.copies import once

NOBODY, ANONYMOUS = "nobody", "anonymous"
WORDS = "村口的桥断了"
FAR_WORDS = "哇英的水渠断了"


@dataclass(frozen=True)
class Setting:
    """`own` and `foreign`: kind of thing → the id that stands in an address."""

    world: World
    own: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)
    notices: dict[str, str] = field(default_factory=dict)

    def case(self, whose: str = "own") -> Case:
        found: Case = Case.unscoped.because("a test looks").get(id=getattr(self, whose)["case"])
        return found


def forget() -> None:
    """What a process remembers of access belongs to one database; probes are rolled back."""
    for module in (actors, devices, api_tokens):
        module._cache.clear()


def make() -> Setting:
    """Inside a test's transaction."""
    forget()
    return once("setting", _written, tuple(dict.fromkeys((DEFAULT_DB_ALIAS, settings.INTAKE))))


def _written() -> Setting:
    world = cast.build(AT)
    _nobody(world)
    made = Setting(world)
    _people(made)
    _households(made)
    _tables(made)
    _forms(made)
    _cases(made)
    _services(made)
    _lists(made)
    _tasks(made)
    _campaigns(made)
    _mass(made)
    _media(made)
    _quarantine(made)
    _held(made)
    _notices(made)
    return made


def _nobody(world: World) -> None:
    person = access.create_person(
        username=NOBODY,
        name="合成无职",
        language="zh-hans",
        password=cast.PASSWORD,
        actor=SYSTEM,
        at=AT,
        id=cast.person_id(NOBODY),
    )
    api_tokens.add(person=person, token=world.api_token(NOBODY), at=AT)
    world.people[NOBODY] = person.id


def _people(made: Setting) -> None:
    people = made.world.people
    far = Person.objects.get(id=people["outsider"])
    made.own.update({"person": str(people["liaison"]), "device": str(made.world.devices["liaison"])})
    made.foreign.update({"person": str(far.id)})
    made.foreign["device"] = str(devices.add_device(person=far, token="device-outsider", at=AT).id)
    made.own["posting"] = str(Posting.objects.get(person=people["liaison"]).id)
    made.foreign["posting"] = str(Posting.objects.get(person=far).id)
    made.own["shift"] = str(DutyShift.objects.filter(person=people["county_duty"]).first().id)  # type: ignore[union-attr]
    made.own.update({"area": VILLAGE, "grid": GRID})
    made.foreign.update({"area": FAR, "grid": FAR})


def _households(made: Setting) -> None:
    near, far = made.world.households["near"], cast.add_household("far", FAR, FAR, AT - timedelta(days=30))
    made.own["household"], made.foreign["household"] = str(near), str(far)
    for whose, household, area in ((made.own, near, VILLAGE), (made.foreign, far, FAR)):
        members = _members(household)
        agreed = Agreed(by=members[0], how=Consent.GUARDIAN, on=AT.date())
        need = note_need(
            household=household, code="elder_alone", member=members[3], agreed=agreed,
            plan=Help(what="看望", who="合成村委会"), actor=SYSTEM, at=AT,
        )  # fmt: skip
        asked = Asked(kind=Kind.RESTRICT, by=members[0], known_by="本人认识")
        request = take_request(id=uuid7(), household=household, asked=asked, actor=SYSTEM, at=AT)
        decide_request(request=request.id, allow=False, reason="合成", actor=SYSTEM, at=AT)
        whose["request"] = str(request.id)
        whose.update({"member": str(members[1]), "need": str(need), "item": "dwelling.rooms"})
        born = member_came(
            household=household, member=MemberChange(name="合成新生"), why=Why.BIRTH, actor=SYSTEM, at=AT
        )
        event = Belonging.unscoped.because("a test looks").get(member=born).event_id
        whose["event"] = str(event)
        camp = open_camp(
            household=household, area=area, season=Season.WINTER, name_zh="上滩", actor=SYSTEM, at=AT
        )
        whose["camp"] = str(camp.id)
    for whose, area in ((made.own, VILLAGE), (made.foreign, FAR)):
        school = Premises(name_zh="合成小学", capacity=120)
        id = register_institution(kind="school", area=area, premises=school, actor=SYSTEM, at=AT)
        whose["institution"] = str(id)


def _tables(made: Setting) -> None:
    """Brought for the near village and for the far one; nobody has said yet what their columns mean."""
    for whose, username, area in ((made.own, "village_lead", VILLAGE), (made.foreign, "outsider", FAR)):
        about = Bringing(area=area, source="村台账", purpose="核对", file_name="a.csv")
        with TemporaryFile() as file:
            file.write("户主,村\n合成,合成\n".encode())
            table = take_table(id=uuid7(), file=file, about=about, actor=made.world.actor(username), at=AT)
        whose["table"] = str(table.id)
        row = ask_export(
            id=uuid7(), area=area, purpose="核对", items=[], people=False, form="xlsx", days=1,
            actor=made.world.actor(username), at=AT,
        )  # fmt: skip
        whose["export"] = str(row.id)
        form = add_form(
            id=uuid7(), name="月报", receiver="州", area=area, file=empty_table(), actor=SYSTEM, at=AT
        )
        mark_cell(form=form.id, mark=Mark(0, "B2", "households", area), actor=SYSTEM, at=AT)
        whose["return_form"] = str(form.id)
        whose["return"] = str(fill_return(form=form.id, actor=SYSTEM, at=AT).id)


def empty_table() -> bytes:
    out = BytesIO()
    write_xlsx(out, [Sheet(name="月报", titles=["村", "户数"], rows=[["合成", ""]])])
    return out.getvalue()


def _members(household: UUID) -> list[UUID]:
    rows = Member.unscoped.because("a test looks").filter(household=household).order_by("position", "id")
    return list(rows.values_list("id", flat=True))


def _forms(made: Setting) -> None:
    """One form about a family, filled in here and far away."""
    text = (
        "| survey |\n| | type | name | label::中文 (zh) | label::བོད་ཡིག (bo) |\n| | integer | rooms | 房间数 | ཁང་མིག |\n"
        "| settings |\n| | form_id | version | title_zh | title_bo | title_en | default_language | about |\n"
        "| | small | 1 | 小表 | རེའུ་མིག | Small | 中文 (zh) | household |\n"
    )
    publish(source=Source("small.md", text.encode()), actor=SYSTEM, at=AT)
    for whose, person, ids in (("near", "liaison", made.own), ("far", "outsider", made.foreign)):
        home = cast.household_id(whose)
        receipt = receive(
            submission=Submission(
                id=uuid7(AT), form="small", version="1", answers={"rooms": 3},
                subject=Subject(kind=About.HOUSEHOLD, id=home),
            ),
            actor=made.world.actor(person), at=AT,
        )  # fmt: skip
        ids["submission"] = str(receipt.id)


def _cases(made: Setting) -> None:
    """The near one was transferred to the department; the far one nobody of the near line may know."""
    world = made.world
    near = report(world, "liaison", text=WORDS, household=world.households["near"])
    handing.transfer(
        case=near.id, actor=world.actor("county_duty"), at=AT, to="dept.transport", reason="归口"
    )
    far = report(world, "outsider", text=FAR_WORDS, area=FAR)
    made.own["case"], made.foreign["case"] = str(near.id), str(far.id)
    for whose, by, more in ((made.own, "liaison2", {}), (made.foreign, "outsider", {"area": FAR})):
        spoken = report(world, by, voice=Voice(sha256=sha256(by.encode()).hexdigest(), seconds=4), **more)
        whose["voice"] = str(ListeningItem.objects.get(case=spoken).id)
        whose["spoken"] = str(spoken.id)
        _heard(made, whose, by, more)


def _services(made: Setting) -> None:
    """One of the near family, one of the far one; the family goes to the counter itself."""
    for whose, by in ((made.own, "liaison"), (made.foreign, "outsider")):
        opened = open_service(
            id=uuid7(AT),
            service="identity",
            household=UUID(whose["household"]),
            actor=made.world.actor(by),
            at=AT,
        )
        whose["service"] = str(opened.id)


def _heard(made: Setting, whose: dict[str, str], by: str, more: dict[str, str]) -> None:
    """A voice that was written down, and its words in the interpreters' queue."""
    duty, digest = made.world.actor("county_duty"), sha256(f"heard {by}".encode()).hexdigest()
    case = report(made.world, by, voice=Voice(sha256=digest, seconds=4), **more)
    item = ListeningItem.objects.get(case=case)
    listening.transcribe(item=item.id, transcript="水渠断了", actor=duty, at=AT)
    asked = ask_for(case=case.id, piece="report", actor=duty, at=AT)
    whose.update({"heard": str(item.id), "text": str(asked.id)})


def _lists(made: Setting) -> None:
    """The near department's with the near family, another department's with the far one."""
    for whose, unit in ((made.own, "dept.transport"), (made.foreign, "dept.labour")):
        row = ServiceList.unscoped.create(
            id=uuid7(AT), purpose="pension_unpaid", unit_id=made.world.units[unit], area_id=VILLAGE[:6],
            made_by_id=made.world.people["transport"], made_at=AT, until=AT + timedelta(days=9),
        )  # fmt: skip
        listed = ListedFamily(id=uuid7(AT), list=row, household=UUID(whose["household"]))
        listed.save()
        whose.update({"list": str(row.id), "listed": str(listed.id)})


def _mass(made: Setting) -> None:
    """One event of the near township, one of a county nobody here serves."""
    far = Area.objects.create(code="999999", level="county", name_zh="县外", valid_from=AT.date())
    for whose, area in ((made.own, VILLAGE[:9]), (made.foreign, far.code)):
        row = MassEvent(id=uuid7(AT), matter="snow", hazard=True, area_id=area, first_at=AT, last_at=AT)
        row.raised_at = AT
        row.save()
        whose["mass"] = str(row.id)


def report(world: World, by: str, **said: object) -> Case:
    return reporting.report(id=uuid7(AT), actor=world.actor(by), at=AT, **said)


def _tasks(made: Setting) -> None:
    """The near one was sent by the department to one liaison; the far one went to the far village's lead."""
    near = send(made.world, "transport", area=GRID)
    far = send(made.world, "county_duty", area=FAR, role="village_lead")
    for whose, task in ((made.own, near), (made.foreign, far)):
        whose["task"] = str(task.id)
        whose["part"] = str(Assignment.unscoped.because("a test looks").get(task=task).id)


def send(world: World, by: str, *, area: str, role: str = "liaison") -> Task:
    return issue(
        id=uuid7(AT),
        title="查看便道",
        asks=Asks.DONE,
        area=area,
        role=role,
        due=AT + timedelta(days=3),
        actor=world.actor(by),
        at=AT,
    )


def _media(made: Setting) -> None:
    for whose in (made.own, made.foreign):
        whose["file"] = put_file(UUID(whose["case"]), f"sound of {whose['case']}".encode())


def put_file(case: UUID, content: bytes, role: str = "report_voice") -> str:
    """A checked content on disk that belongs to a case; returns its name."""
    name = sha256(content).hexdigest()
    path = storage().blob(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    Blob.objects.create(sha256=name, size=len(content), mime="audio/webm", state="ready", created_at=AT)
    BlobUse.objects.create(
        blob_id=name, subject_kind="case", subject_id=case, role=role, permission="cases.view", attached_at=AT
    )
    return name


def _quarantine(made: Setting) -> None:
    row = Command(
        id=uuid7(AT), device=made.world.devices["liaison"], kind="cases.report", raw=b"{}", received_at=AT
    )
    row.state, row.code, row.person = Command.State.REFUSED, "sync.bad_body", made.world.people["liaison"]
    with transaction.atomic(using=settings.INTAKE):
        row.save(using=settings.INTAKE)
    made.own["command"] = str(row.id)


def _campaigns(made: Setting) -> None:
    """A sweep of each village: of roads, the matter of the cast's department, and of schools, which is not."""
    leader = made.world.people["leader"]
    for whose, area, matter in ((made.own, VILLAGE, "road"), (made.foreign, FAR, "school")):
        id = uuid7(AT)
        begin(
            id=id, name="合成排查", area=area, classes=[matter], lookers=["liaison"], starts_on=AT.date(),
            ends_on=AT.date() + timedelta(days=9), leader=leader, actor=SYSTEM, at=AT,
        )  # fmt: skip
        whose["campaign"] = str(id)


def _held(made: Setting) -> None:
    """A report of the public page that met a limit."""
    said = Knock(id=uuid7(AT), language="zh-hans", text=WORDS, area=VILLAGE)
    with transaction.atomic():
        knock(said, at=AT, because="haste")
    made.own["held"] = str(said.id)


def _notices(made: Setting) -> None:
    tell(
        persons=made.world.people.values(),
        kind="tests.told",
        title="New case %(number)s",
        params={"number": "T"},
        link="/about/",
        subject_kind="case",
        subject_id=uuid4(),
        urgent=False,
        key="setting",
        at=AT,
    )
    names = {id: name for name, id in made.world.people.items()}
    for row in Notice.objects.filter(key="setting"):
        made.notices[names[row.person]] = str(row.id)
