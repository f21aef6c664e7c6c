"""A pack's words are found in what people say, also where letters slip; how far to trust them is learnt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.cases.domain.classifying import keeping, learning
from mulian.modules.cases.domain.classifying.finding import NONE, Finder
from mulian.modules.cases.domain.classifying.rows import Row

WORDS = (
    Row("桥", "road.bridge"),
    Row("桥被水冲断", "road.bridge"),
    Row("谢谢", "voice.thanks"),
    Row("药", "health"),
    Row("ཟམ་པ་ཆད", "road.bridge"),
    Row("ན་ཚ", "health"),
    Row("ན་ཚ", "herd.sick"),
)
FINDER = Finder.of(WORDS)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("村口的桥断了", ("road.bridge", "road.")),
        ("桥被洪水冲断", ("road.bridge", "road.")),
        ("桥被水冲断，谢谢", ("road.bridge", "voice.thanks", "road.", "voice.")),
        ("没有药", ("health",)),
        ("ཟམ་པ་ཆད་སོང", ("road.bridge", "road.")),
        ("ཟམཔཆདསོང", ("road.bridge", "road.")),
        ("ཟམ་པཆད", ("road.bridge", "road.")),
        ("ན་ཚ་བྱུང", ("health", "herd.sick", "herd.")),
        ("今天大家都好", (NONE,)),
        ("", (NONE,)),
    ],
)
def test_the_topics_whose_words_stand_in_a_text(text: str, topics: tuple[str, ...]) -> None:
    assert sorted(FINDER.topics(text)) == sorted(topics)


def test_a_letter_left_out_doubled_or_changed_hides_no_long_word() -> None:
    for text in ("桥被水冲了断", "桥被被水冲断", "桥被水冲断断"):
        assert [hit.word for hit in FINDER.hits(text)] == ["桥被水冲断"]


def test_without_words_nothing_is_said() -> None:
    assert Finder().topics("桥断了") == ()


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert set(FINDER.topics(text)) <= {row.label for row in WORDS} | {"road.", "voice.", "herd.", NONE}


def test_a_model_keeps_the_words_it_was_told_and_finds_them_again() -> None:
    rows = [
        Row(f"{word}{at}", topic) for at in range(30) for word, topic in (("路断", "road"), ("停电", "power"))
    ]
    model = learning.learn(rows, hints=[Row("石头把路堵了", "road"), Row("灯不亮", "power")])
    again = keeping.from_bytes(keeping.to_bytes(model))
    assert again.finder == model.finder
    assert again.judge("灯不亮了") == model.judge("灯不亮了")
    assert model.judge("灯不亮了").topic == "power"
