"""The wizard in the console: a file, its columns, a look, decisions, taking over, the marked copy, taking back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.sheets.writing import Sheet, csv_bytes
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.models import Household, Import
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db
TITLES = ["户主", "村", "姓名", "关系", "出生年", "民族", "牦牛"]


def client_of(world: World, username: str, language: str = "zh-hans") -> Client:
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def brought(client: Client, rows: list[list[str]]) -> tuple[str, Any]:
    data = csv_bytes(Sheet(name="", titles=TITLES, rows=rows))
    form = {
        "id": uuid7(), "file": SimpleUploadedFile("台账.csv", data), "area": VILLAGE, "source": "村台账",
        "purpose": "核对", "known_by": "paper",
    }  # fmt: skip
    answer = client.post("/households/tables/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"], client.get(answer["Location"]).content.decode()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_table_goes_through_all_its_steps(world: World) -> None:
    client = client_of(world, "village_lead")
    near = Household.unscoped.because("a test looks").get(id=world.households["near"])
    rows = [
        ["甲新云", "恰曲纳合村", "甲新云", "户主", "1980", "某某", "40"],
        [near.name, "恰曲纳合村", near.name, "户主", "", "某某", "12"],
        ["乙新云", "恰曲纳合村", "乙新云", "户主", "19", "某某", "="],
    ]  # fmt: skip
    address, columns = brought(client, rows)
    assert "从不读取" in columns
    assert "某某" not in columns

    meant = {"c0": "household.name", "c1": "household.village", "c2": "member.name", "c3": "member.relation",
             "c4": "member.birth_year", "c6": "livestock.yak"}  # fmt: skip
    assert client.post(f"{address}meanings/", meant).status_code == 302
    work_on(AT)
    looked = page(client, address)
    assert "第 3 行" in looked
    assert near.number in looked
    assert client.post(f"{address}steps/apply/").status_code == 409
    assert client.post(f"{address}decide/", {"line": "3", "answer": f"same:{near.id}"}).status_code == 302
    assert "12" in page(client, f"{address}?state=changed")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}marked/").content)).active
    assert [cell.value for cell in book[3]] == [4, "乙新云", "恰曲纳合村", "乙新云", "户主", "19", "="]
    assert [bool(cell.comment) for cell in book[3]] == [False] * 5 + [True, True]

    assert client.post(f"{address}steps/apply/").status_code == 302
    work_on(AT)
    row = Import.objects.get()
    assert (row.state, row.counts) == ("done", {"applied": 2, "wrong": 1})
    assert client.post(f"{address}steps/undo/").status_code == 302
    work_on(AT)
    assert "已退回" in page(client, address)


@pytest.mark.parametrize("language", ["bo", "zh-hans", "en"])
def test_every_page_of_it_speaks_every_language(world: World, language: str) -> None:
    client = client_of(world, "village_lead", language)
    address, _ = brought(client, [["甲新云", "恰曲纳合村", "甲新云", "户主", "19", "某某", "40"]])
    for place in ("/households/tables/", "/households/tables/new/", address):
        page(client, place)
    client.post(f"{address}meanings/", {"c0": "household.name", "c4": "member.birth_year"})
    work_on(AT)
    page(client, address)


def test_what_is_no_table_is_said_at_the_form_and_nothing_is_kept(world: World) -> None:
    client = client_of(world, "village_lead")
    form = {
        "id": uuid7(), "file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7"), "area": VILLAGE, "source": "a",
        "purpose": "b", "known_by": "office",
    }  # fmt: skip

    answer = client.post("/households/tables/new/", form)

    assert answer.status_code == 422
    assert "XLSX" in answer.content.decode()
    assert not Import.objects.exists()
