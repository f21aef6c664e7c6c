"""The reader itself, as a machine with it has it: rapidocr and tesseract in a child that can write no file."""

from __future__ import annotations

import resource
import subprocess
import sys

from mulian.core.providers.ocr import reading
from mulian.core.providers.ocr.layout import Field, Layout, Page
from mulian.core.providers.ocr.reading import Engines, engines, look, written_anew
from tests.core.providers.ocr.drawn import FACE, NUMBER, identity, picture, red
from tests.core.providers.ocr.test_covering import LAYOUT

CERTIFICATE = [
    (60, 40, 48, "草原承包经营权证"), (60, 140, 34, "承包方代表"), (300, 138, 36, "合成才让"),
    (60, 220, 34, "承包面积"), (300, 218, 36, "1200.5亩"), (60, 300, 40, "རྩྭ་སའི་ལག་ཁྱེར་འདི་འབྲོག་པའི་ཁྱིམ་ཚང་ལ་སྤྲད་"),
    (60, 400, 34, "身份证号"), (300, 400, 36, NUMBER),
]  # fmt: skip
GRASSLAND = Layout(
    pages=(Page(titles=("草原承包经营权证",), must=("承包面积",)),),
    fields=(Field(("承包方代表",), "name"), Field(("承包面积",), "pasture.area")),
)


def test_both_engines_are_here() -> None:
    """In our own checks nothing of it may be missing; elsewhere pages say what is."""
    assert engines() == Engines(chinese=True, tibetan=True)


def test_a_certificate_with_a_tibetan_line_is_read_and_only_its_number_covered() -> None:
    answer, covered = look(picture(CERTIFICATE), GRASSLAND)

    assert (answer.doubts, {one.to: one.text for one in answer.proposals}) == (
        [], {"name": "合成才让", "pasture.area": "1200.5亩"}
    )  # fmt: skip
    assert all(box.upper > 370 for box in answer.boxes), answer.boxes
    assert b"made of nobody" not in covered


def test_a_person_who_forgot_something_is_helped() -> None:
    """What was covered by hand is read once more: the number, the portrait by its labels."""
    sent = identity()
    kept = written_anew(sent, LAYOUT)

    assert (red(sent) > 0.9 * (FACE[2] - FACE[0]) * (FACE[3] - FACE[1]), red(kept)) == (True, 0)


def test_the_child_may_write_no_file() -> None:
    """Neither it nor what it starts: a spool, a log, a core."""
    program = (
        "import resource, sys; from mulian.core.providers.ocr import child; child.limit_myself();"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert said.split("\n")[0] == "(0, 0) (0, 0)"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened() -> None:
    import io

    import pytest
    from PIL import Image

    from mulian.kernel.problems import Problem

    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(Problem) as refused:
        reading.look(out.getvalue(), LAYOUT)
    assert refused.value.code == "files.too_many_pixels"
