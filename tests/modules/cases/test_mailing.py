"""The e-mail door: a letter is a case once, its sender gets the number, machines and forgers get nothing."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.files.queries import attached
from mulian.core.providers.letters import Unreadable, read
from mulian.modules.cases.actions import mailing
from mulian.modules.cases.domain.following_code import check, clean
from mulian.modules.cases.models import Case, HeldReport, Letter
from mulian.modules.cases.queries.followed import report_of
from tests.core.files.samples import picture
from tests.core.providers.mail import ADDRESS, PASSWORD, USER, Post, post
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
WORDS = "恰曲纳合村的桥断了"


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> Iterator[Post]:
    for bucket in (mailing.SENDERS, mailing.CONFIRMED):
        bucket.clear()
    with post(tmp_path) as made:
        settings.MULIAN_MAIL_HOST, settings.MULIAN_MAIL_PORT = "127.0.0.1", made.imap
        settings.MULIAN_MAIL_USER, settings.MULIAN_MAIL_PASSWORD = USER, PASSWORD
        settings.MULIAN_MAIL_ADDRESS, settings.MULIAN_MAIL_SMTP = ADDRESS, f"127.0.0.1:{made.smtp}"
        settings.MULIAN_MAIL_AUTHORITY = str(made.authority)
        yield made


def letter(
    words: str = WORDS, sender: str = "herder@example.org", id: str = "<1@example.org>", **more: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ADDRESS, "反映问题"
    if id:
        made["Message-ID"] = id
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def cases() -> list[Case]:
    return list(Case.unscoped.because("a test reads what happened").order_by("received_at", "id"))


def test_a_letter_becomes_a_case_with_its_photo_and_the_sender_gets_the_number(
    box: Post, world: World
) -> None:
    written = letter()
    written.add_attachment(picture(), maintype="image", subtype="jpeg", filename="bridge.jpg")
    box.put(written.as_bytes())
    assert mailing.sweep_mailbox(AT) == 1
    [case] = cases()
    assert (case.door, case.text, case.on_behalf_of) == ("email", f"反映问题\n{WORDS}", "herder@example.org")
    assert case.area_id.startswith(VILLAGE[:9])
    assert [each.state for each in attached(subject_kind="case", subject_id=case.id)] == ["ready"]
    [(sender, raw)] = box.sent
    confirmation = message_from_bytes(raw, policy=policy.default)
    assert (sender, confirmation["Auto-Submitted"], confirmation["In-Reply-To"]) == (
        "FROM:<>"[5:], "auto-replied", "<1@example.org>",
    )  # fmt: skip
    code = clean("".join(confirmation.get_content().splitlines()[2:]))
    assert check(code)
    assert report_of(code) == case.id


def test_the_same_letter_twice_is_one_case_and_what_was_read_is_not_read_again(
    box: Post, world: World
) -> None:
    box.put(letter().as_bytes())
    box.put(letter().as_bytes())
    assert mailing.sweep_mailbox(AT) == 1
    assert mailing.sweep_mailbox(AT) == 0
    assert (len(cases()), len(box.sent), box.seen) == (1, 1, {1, 2})


@pytest.mark.parametrize(
    "more",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<news.example.org>"},
        {"sender": "MAILER-DAEMON@example.org"},
        {"sender": ADDRESS},
    ],
)
def test_what_a_machine_sent_makes_no_case_and_is_never_answered(
    box: Post, world: World, more: dict[str, str]
) -> None:
    box.put(letter(**more).as_bytes())
    assert mailing.sweep_mailbox(AT) == 0
    assert (cases(), box.sent) == ([], [])
    assert list(Letter.objects.values_list("verdict", flat=True)) == ["automatic"]


def test_a_file_that_cannot_be_used_is_named_and_the_words_go_on(box: Post, world: World) -> None:
    written = letter()
    written.add_attachment(b"GIF89a<script>", maintype="image", subtype="gif", filename="x.gif")
    box.put(written.as_bytes())
    mailing.sweep_mailbox(AT)
    assert "[✗ x.gif]" in cases()[0].text


def test_whatever_else_came_with_it_is_named_too_however_long_the_words_are(box: Post, world: World) -> None:
    written = letter("桥断了" * 2000)
    for number in range(7):
        photo = picture(size=(64, 48 + number))
        written.add_attachment(photo, maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    written.add_attachment(b"PK", maintype="application", subtype="zip", filename="报告.zip")
    box.put(written.as_bytes())
    mailing.sweep_mailbox(AT)
    [case] = cases()
    assert case.text.endswith("\n[✗ 6.jpg]\n[✗ 报告.zip]")
    assert len(case.text) == 4000


def test_one_senders_flood_is_held_back_and_answered_five_times(box: Post, world: World) -> None:
    for number in range(12):
        box.put(letter(id=f"<{number}@example.org>").as_bytes())
    mailing.sweep_mailbox(AT)
    mailing.sweep_mailbox(AT)
    assert (len(cases()), HeldReport.objects.count(), len(box.sent)) == (10, 2, 5)


def test_without_settings_no_mailbox_is_read(settings: Any) -> None:
    settings.MULIAN_MAIL_HOST = ""
    assert mailing.sweep_mailbox(AT) == 0


def test_a_server_nobody_vouches_for_is_not_spoken_to(
    box: Post, world: World, settings: Any, caplog: Any
) -> None:
    settings.MULIAN_MAIL_AUTHORITY = ""
    box.put(letter().as_bytes())
    assert mailing.sweep_mailbox(AT) == 0
    assert cases() == []
    assert PASSWORD not in caplog.text


def test_a_wrong_password_is_no_fault_of_the_sweep(box: Post, world: World, settings: Any) -> None:
    settings.MULIAN_MAIL_PASSWORD = "wrong"
    box.put(letter().as_bytes())
    assert mailing.sweep_mailbox(AT) == 0


def test_html_is_read_without_its_marks() -> None:
    made = letter("")
    made.set_content("<p>桥<b>断</b>了<script>alert(1)</script></p><style>p{}</style>", subtype="html")
    assert read(made.as_bytes(), own=ADDRESS).text == "反映问题\n桥断了"


def test_a_letter_of_a_thousand_parts_is_refused() -> None:
    made = letter()
    for _ in range(60):
        made.add_attachment(b"x", maintype="application", subtype="octet-stream")
    with pytest.raises(Unreadable):
        read(made.as_bytes(), own=ADDRESS)


@given(st.binary(max_size=3000))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        found = read(b"From: a@b\r\n" + raw, own=ADDRESS)
    except Unreadable:
        return
    assert len(found.text) <= 4000
