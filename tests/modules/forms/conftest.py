"""The cast, and a small form about a family."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from mulian.kernel.ids import uuid7
from mulian.modules.forms import public as forms
from mulian.modules.forms.actions.publishing import publish
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.models import Form, Submission
from tests.world import AT, World

LABELS = "label::中文 (zh) | label::བོད་ཡིག (bo)"
SURVEY = (
    "| survey |",
    f"| | type | name | {LABELS} | relevant | required | constraint | fact |",
)
CHOICES = (
    "| choices |",
    f"| | list_name | name | {LABELS} |",
    "| | dwelling | brick | 砖混房 | སོ་ཕག |",
    "| | dwelling | tent | 帐篷 | རས་གུར |",
)
YES_NO = ("| | yes_no | yes | 是 | རེད |", "| | yes_no | no | 否 | མ་རེད |")


def settings(version: str = "1", about: str = "household", code: str = "small") -> tuple[str, ...]:
    return (
        "| settings |",
        "| | form_id | version | form_title | title_zh | title_bo | title_en | default_language | about |",
        f"| | {code} | {version} | 小表 | 小表 | རེའུ་མིག | Small | 中文 (zh) | {about} |",
    )


SMALL = (
    "| | text | number | 户编号 | ཨང་གྲངས | | | | household.number |",
    "| | integer | rooms | 房间数 | ཁང་མིག | | | . <= 50 | dwelling.rooms |",
    "| | select_one dwelling | kind | 类型 | རིགས | | | | dwelling.kind |",
    "| | image | damage | 照片 | འདྲ་པར | ${kind} = 'tent' | | | |",
    "| | begin repeat | people | 成员 | ནང་མི | | | | member |",
    "| | text | id | 标识 | རྟགས | | | | member.id |",
    "| | text | said | 说了什么 | བཤད་པ | | | | |",
    "| | end repeat | | | | | | | |",
)


def markdown(
    *rows: str,
    version: str = "1",
    about: str = "household",
    code: str = "small",
    choices: tuple[str, ...] = (),
) -> Source:
    """A form of these survey rows, with these rows of choices beside the dwellings."""
    text = "\n".join((*SURVEY, *rows, *CHOICES, *choices, *settings(version, about, code)))
    return Source(f"{code}.md", text.encode())


@dataclass(frozen=True)
class Desk:
    """Publishes and fills forms as the cast does."""

    world: World

    def publish(self, source: Source, by: str = "administrator", at: datetime = AT) -> Form:
        return publish(source=source, actor=self.world.actor(by), at=at)

    def fill(
        self, by: str = "liaison", *, family: str = "near", at: datetime = AT, **said: Any
    ) -> forms.Receipt:
        home = self.world.households.get(family)
        subject = forms.Subject(kind=forms.About.HOUSEHOLD, id=home) if home else None
        given: dict[str, Any] = {
            "id": uuid7(at),
            "form": "small",
            "version": "1",
            "answers": {},
            "subject": subject,
        }
        return forms.receive(
            submission=forms.Submission(**given | said), actor=self.world.actor(by, at), at=at
        )

    def row(self, id: UUID) -> Submission:
        return Submission.unscoped.because("a test looks").get(id=id)


@pytest.fixture
def desk(world: World) -> Desk:
    """The small form is published."""
    found = Desk(world)
    found.publish(markdown(*SMALL))
    return found


def workbook(source: Source) -> bytes:
    """The same tables as an XLSX file."""
    import xlsxwriter

    from mulian.modules.forms.domain.xlsform.markdown import lines

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheets: dict[str, Any] = {}
        for sheet, number, cells in lines(source.data.decode()):
            page = (
                sheets.setdefault(sheet, None)
                or sheets.update({sheet: book.add_worksheet(sheet)})
                or sheets[sheet]
            )
            page.write_row(number - 1, 0, cells)
    return file.getvalue()
