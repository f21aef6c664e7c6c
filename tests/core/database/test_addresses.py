"""Addresses of databases become settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from mulian.core.database.addresses import database_settings

URL = "postgresql://mu:l%40n@127.0.0.1:5433/county"


def test_what_an_address_of_postgresql_says_reaches_the_settings(tmp_path: Path) -> None:
    found = database_settings(URL, tmp_path)
    assert list(found) == ["default"]
    named = {word: found["default"][word] for word in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {"NAME": "county", "USER": "mu", "PASSWORD": "l@n", "HOST": "127.0.0.1", "PORT": "5433"}


def test_an_addresss_own_options_stay_beside_ours(tmp_path: Path) -> None:
    options = database_settings(f"{URL}?options=-c%20work_mem%3D8MB&sslmode=require", tmp_path)["default"][
        "OPTIONS"
    ]
    assert options["options"] == "-c jit=off -c cursor_tuple_fraction=1 -c work_mem=8MB"
    assert options["sslmode"] == "require"


@pytest.mark.django_db
@pytest.mark.postgresql_only(reason="SQLite compiles no statements")
def test_postgresql_compiles_no_statement_of_ours() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.django_db
@pytest.mark.postgresql_only(reason="SQLite has no cursor that is planned for its beginning")
def test_postgresql_plans_an_answer_we_read_in_parts_as_a_whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW cursor_tuple_fraction")
        assert cursor.fetchone() == ("1",)
