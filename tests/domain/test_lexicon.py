"""Topics suggested from Chinese and Tibetan reports; silence where nothing is known."""

from dataclasses import replace

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.hazards import Hazard, Hazards, Urgency, UrgentBecause, When, change, judge
from mulian.modules.cases.domain.lexicon import Lexicon
from mulian.modules.cases.domain.topics import Kind, Topic, Topics


def topic(code: str, zh: str, bo: str = "") -> Topic:
    parent = code.rpartition(".")[0] or None
    words = {"zh": tuple(zh.split("、")) if zh else (), "bo": tuple(bo.split("、")) if bo else ()}
    return Topic(code=code, parent=parent, words=words)


LEXICON = Lexicon(
    Topics(
        {
            each.code: each
            for each in (
                topic("road", "路、道路", "ལམ"),
                topic("road.bridge", "桥、桥断、桥 断、便桥", "ཟམ་པ、ཟམ་པ་ཆད"),
                topic("road.blocked", "路断、堵路、道路中断", "ལམ་ཆད་པ、ལམ་ཆད"),
                topic("power", "电"),
                topic("power.cut", "停电、没电", "གློག་ཆད"),
                topic("power.wire", "电线、漏电、电线杆倒", "གློག་སྐུད"),
                topic("herd", "牛、羊、牲畜", "ཕྱུགས"),
                topic("herd.disease", "口蹄疫、口蹄起水泡、牲畜疫病", "ཁ་རྨིག་ནད"),
                topic("social.pension", "养老金、老人补贴", "རྒས་གསོའི་དངུལ"),
                topic("disaster.snow", "大雪、雪灾、积雪", "གངས་སྐྱོན、ཁ་བ་ཆེན་པོ"),
                topic("network", "4G、信号、没有信号", "བརྡ་རྟགས"),
            )
        }
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("村口的桥断了", "road.bridge"),
        ("桥被洪水冲断", "road.bridge"),
        ("便桥没有了", "road.bridge"),
        ("去乡上的路断了", "road.blocked"),
        ("道路中断三天", "road.blocked"),
        ("路不好走", "road"),
        ("家里停电三天", "power.cut"),
        ("电线杆倒在路边", "power.wire"),
        ("牛得了口蹄疫", "herd.disease"),
        ("牲畜有疫病", "herd.disease"),
        ("老人养老金没到", "social.pension"),
        ("大雪，羊冻死了", "disaster.snow"),
        ("没有信号打不了电话", "network"),
        ("4g用不了", "network"),
        ("ཟམ་པ་ཆད་སོང", "road.bridge"),
        ("ཟམ་པར་སྐྱོན་ཤོར", "road.bridge"),
        ("ང་ཚོའི་ལམ་ཆད་སོང", "road.blocked"),
        ("ལམ་ངན་པ", "road"),
        ("གློག་ཆད་ནས་ཉིན་གསུམ", "power.cut"),
        ("ཕྱུགས་ལ་ཁ་རྨིག་ནད་བྱུང", "herd.disease"),
        ("རྒས་གསོའི་དངུལ་མ་འབྱོར", "social.pension"),
        ("གངས་སྐྱོན་བྱུང", "disaster.snow"),
        ("ཁ་བ་ཆེན་པོ་བབས", "disaster.snow"),
        ("今天大家都好", None),
        ("བཀྲ་ཤིས་བདེ་ལེགས", None),
        ("", None),
        ("ok 123", None),
        ("14g", None),
    ],
)
def test_the_best_topic(text: str, expected: str | None) -> None:
    found = LEXICON.suggest(text)
    assert (found.topic if found else None) == expected


@pytest.mark.parametrize("text", ["村口的桥断了", "家里停电三天", "ཟམ་པ་ཆད་སོང", "牛得了口蹄疫"])
def test_telling_words_are_sure(text: str) -> None:
    found = LEXICON.suggest(text)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize("text", ["电", "路", "牛", "桥断了，家里停电", "大雪 养老金"])
def test_one_character_or_two_branches_are_not_sure(text: str) -> None:
    found = LEXICON.suggest(text)
    assert found is None or not found.sure


def test_a_suggestion_names_its_words_and_its_rival() -> None:
    found = LEXICON.suggest("桥断了，家里停电")
    assert found is not None
    assert (found.topic, found.runner_up) in {("road.bridge", "power.cut"), ("power.cut", "road.bridge")}
    assert set(found.words) & {"桥断", "停电"}


def test_the_longer_word_hides_the_shorter_inside_it() -> None:
    found = LEXICON.suggest("口蹄疫")
    assert found is not None
    assert found.words == ("口蹄疫",)


def test_a_shared_particle_is_no_match_of_another_word() -> None:
    assert LEXICON.suggest("གངས་རི་མཐོ") is None


def test_thanks_said_along_with_a_matter_hide_no_matter_and_send_nothing() -> None:
    thanks = replace(topic("voice.thanks", "谢谢"), kind=Kind.THANKS)
    opinions = replace(topic("voice", "意见"), kind=Kind.SUGGESTION)
    known = Lexicon(Topics({**LEXICON.topics.by_code, "voice": opinions, "voice.thanks": thanks}))
    found = {text: known.suggest(text) for text in ("停电，谢谢", "谢谢，请派人看看", "谢谢")}
    assert {text: (each.topic, each.sure) for text, each in found.items() if each} == {
        "停电，谢谢": ("power.cut", True), "谢谢，请派人看看": ("voice.thanks", False), "谢谢": ("voice.thanks", False),
    }  # fmt: skip


HAZARDS = Hazards(
    {
        each.code: each
        for each in (
            Hazard(code="fire", urgent=When.ALWAYS, words={"zh": ("着火", "火灾"), "bo": ("མེ་སྐྱོན",)}),
            Hazard(code="lost", urgent=When.ALWAYS, words={"zh": ("被困", "失踪")}),
            Hazard(code="snow", urgent=When.DANGER, words={"zh": ("大雪",), "bo": ("ཁ་བ་ཆེན་པོ",)}),
            Hazard(code="dispute", urgent=When.DANGER, words={"zh": ("纠纷",)}),
        )
    },
    danger=("打架", "流血", "ཉེན་ཁ"),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Urgency(False)),
        ({"flagged": True}, Urgency(True, UrgentBecause.SAID)),
        ({"hazard": "fire"}, Urgency(True, UrgentBecause.HAZARD, "fire")),
        ({"hazard": "snow"}, Urgency(False, None, "snow")),
        ({"hazard": "snow", "flagged": True}, Urgency(True, UrgentBecause.SAID, "snow")),
        ({"hazard": "snow", "text": "有人流血"}, Urgency(True, UrgentBecause.HAZARD_WITH_DANGER, "snow")),
        ({"hazard": "snow", "text": "有人被困"}, Urgency(True, UrgentBecause.HAZARD, "lost")),
        ({"text": "草场着火"}, Urgency(True, UrgentBecause.HAZARD, "fire")),
        ({"text": "མེ་སྐྱོན་བྱུང"}, Urgency(True, UrgentBecause.HAZARD, "fire")),
        ({"text": "下大雪"}, Urgency(False, None, "snow")),
        ({"text": "ཁ་བ་ཆེན་པོ་བབས་ནས་ཉེན་ཁ་ཡོད"}, Urgency(True, UrgentBecause.HAZARD_WITH_DANGER, "snow")),
        ({"text": "草场纠纷，打架"}, Urgency(True, UrgentBecause.HAZARD_WITH_DANGER, "dispute")),
        ({"text": "打架"}, Urgency(False)),
        ({"hazard": "no.such"}, Urgency(False)),
    ],
)
def test_what_is_urgent(facts: dict[str, object], expected: Urgency) -> None:
    assert judge(HAZARDS, **facts) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("was", "becomes", "by_person", "reason", "allowed"),
    [
        (False, True, False, "", True),
        (False, True, True, "", True),
        (True, True, False, "", True),
        (False, False, False, "", True),
        (True, False, True, "heard again: an old fire", True),
        (True, False, True, "  ", False),
        (True, False, False, "a model says so", False),
    ],
)
def test_machines_raise_and_only_a_person_lowers(
    was: bool, becomes: bool, by_person: bool, reason: str, allowed: bool
) -> None:
    if allowed:
        assert change(was=was, becomes=becomes, by_person=by_person, reason=reason) is becomes
        return
    with pytest.raises(Problem) as refused:
        change(was=was, becomes=becomes, by_person=by_person, reason=reason)
    assert refused.value.code == "cases.only_a_person_lowers"
