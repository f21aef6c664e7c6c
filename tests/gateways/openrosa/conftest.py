"""A county with two forms, and a form program on a liaison's phone that speaks as ODK Collect does."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5
from wave import open as open_wave
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.test import Client
from PIL import Image

from mulian.core.access import openrosa_keys
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.modules.forms.actions.publishing import publish_all
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.models import Submission
from tests.world import AT, World
from tests.world.copies import once

LABELS = "label::བོད་ཡིག (bo) | label::中文 (zh)"
PENS = f"""| survey |
| | type | name | {LABELS} | constraint |
| | text | roof | ཐོག | 屋顶 | |
| | integer | heads | གྲངས | 头数 | . >= 0 and . <= 500 |
| | begin repeat | pens | ལྷས | 圈 | |
| | decimal | length | རིང་ཚད | 长 | |
| | image | photo | འདྲ་པར | 照片 | |
| | end repeat | | | | |
| | audio | voice | སྒྲ | 录音 | |

| settings |
| | form_id | version | form_title | title_bo | title_zh | title_en | default_language | about |
| | pens | VERSION | 羊圈 | ལྷས་ར | 羊圈 | Pens | 中文 (zh) | none |
"""
FAMILY = f"""| survey |
| | type | name | {LABELS} |
| | text | word | ཚིག | 话 |

| settings |
| | form_id | version | form_title | title_bo | title_zh | title_en | default_language | about |
| | family | 1 | 家庭 | ཁྱིམ་ཚང | 家庭 | Family | 中文 (zh) | household |
"""
HTTP = {"X-OpenRosa-Version": "1.0"}


def source(text: str, name: str) -> Source:
    return Source(f"{name}.md", text.encode())


def publish_pens(version: str) -> None:
    publish_all([source(PENS.replace("VERSION", version), "pens")], actor=SYSTEM, at=AT)


def _forms() -> None:
    both = [source(PENS.replace("VERSION", "1"), "pens"), source(FAMILY, "family")]
    publish_all(both, actor=SYSTEM, at=AT)


def instance(name: str) -> str:
    return f"uuid:{uuid5(UUID(int=7), name)}"


def filled(inside: str = "<roof>好</roof>", *, name: str = "one", **said: str) -> str:
    """The XML of a form; `form`, `version`, `deprecated` where they differ."""
    old = f"<deprecatedID>{said['deprecated']}</deprecatedID>" if "deprecated" in said else ""
    meta = f"<meta><instanceID>{instance(name)}</instanceID>{old}</meta>"
    version = f' version="{said.get("version", "1")}"' if said.get("version", "1") else ""
    return f'<data id="{said.get("form", "pens")}"{version}>{inside}{meta}</data>'


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "JPEG")
    return out.getvalue()


def sound(first: int = 0) -> bytes:
    out = io.BytesIO()
    with open_wave(out, "wb") as wave:
        wave.setnchannels(1)
        wave.setsampwidth(2)
        wave.setframerate(8000)
        wave.writeframes(bytes([first]) * 1600)
    return out.getvalue()


def multipart(xml: str | bytes, files: Mapping[str, bytes], *, more: bool = False) -> tuple[bytes, str]:
    """As OkHttp writes it: the form first, names in UTF-8 as they are."""
    form = xml.encode() if isinstance(xml, str) else xml
    parts = [("xml_submission_file", "submission.xml", "text/xml", form)]
    parts += [(name, name, "application/octet-stream", content) for name, content in files.items()]
    body = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {mime}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for field, name, mime, content in parts
    )
    if more:
        body += b'--edge\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


@dataclass
class Collect:
    """A form program with a key."""

    key: str
    username: str = "liaison"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def base(self) -> str:
        return f"/openrosa/key/{self.key}"

    def get(self, path: str, **headers: str) -> Any:
        """`path` below the key, or a whole address the server named."""
        address = path if path.startswith("http") else f"{self.base}/{path}"
        return self.client.get(address, headers={**HTTP, **headers})

    def tree(self, path: str) -> ElementTree.Element:
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return ElementTree.fromstring(answer.content)

    def send(
        self,
        xml: str | bytes,
        files: Mapping[str, bytes] | None = None,
        *,
        more: bool = False,
        **headers: str,
    ) -> Any:
        body, kind = multipart(xml, files or {}, more=more)
        return self.client.post(
            f"{self.base}/submission", body, content_type=kind, headers={**HTTP, **headers}
        )


def said(answer: Any) -> tuple[int, str, str]:
    """Status, nature and sentence of an OpenRosaResponse."""
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    return answer.status_code, str(root[0].get("nature")), str(root[0].text)


def rows() -> list[Submission]:
    return list(Submission.unscoped.because("a test looks").order_by("received_at", "instance"))


@pytest.fixture(autouse=True)
def published(world: World) -> None:
    with transaction.atomic():
        once(("openrosa forms", AT), _forms)


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    """Requests happen at the cast's moment."""
    fixed = clock.FixedClock(AT)
    with clock.use(fixed):
        yield fixed


def collect_of(world: World, username: str) -> Collect:
    given = openrosa_keys.give(person=world.people[username], actor=SYSTEM, at=AT)
    return Collect(given.key, username)


@pytest.fixture
def collect(world: World, now: clock.FixedClock) -> Collect:
    return collect_of(world, "liaison")
