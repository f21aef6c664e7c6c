"""Invented reports in Chinese and Tibetan with their topics, from words (`bench.sayings`) and a few sentences.

They are synthetic: nobody said them, and figures on them say how a sorter copes with noise we chose (slips, missing
marks, mixed scripts, a second matter told on the way), not how it does in a county.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any

from bench.sayings import TOPICS, Vocabulary, vocabulary
from mulian.modules.cases.domain.classifying.destinations import Destination, by_receivers
from mulian.modules.cases.domain.classifying.rows import Row, once, same
from mulian.modules.cases.domain.topics import Follows, Kind, Topic, Topics

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "zh": (
        "我们{place}{word}，{ask}", "{place}的{who}说{word}，已经{days}了", "{word}，{ask}",
        "{days}了，{word}，没有人管", "你好，{who}家{word}，{ask}", "{place}这边{word}{days}，{ask}",
        "想问一下{word}的事，{ask}", "{who}反映{word}，{who}年纪大了，{ask}", "又是{word}，{days}前说过的",
        "{aside}今天主要说{word}，{ask}", "{word}，{aside}{ask}",
    ),
    "bo": (
        "ང་ཚོའི་{place}{word}་སོང་། {ask}", "{who}{word}་ཟེར། {days}སོང་།", "{word}་གི་དོན་ལ་{ask}",
        "{days}སོང་། {word}། {ask}", "{place}{word}་འདུག {ask}", "བཀྲ་ཤིས་བདེ་ལེགས། {who}{word}། {ask}",
        "{aside}ད་{word}་གི་སྐོར་ཡིན། {ask}", "{word}། {aside}{ask}",
    ),
}  # fmt: skip
_FILL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "zh": {
        "place": ("村口", "二社", "夏草场", "冬窝子", "山那边", "乡上", "桥头", "江边", "三队"),
        "who": ("阿妈", "邻居", "老人", "我家", "亲戚", "社长", "放牛的", "孩子"),
        "days": ("三天", "一个星期", "好几天", "昨天起", "半个月", "两个月"),
        "ask": ("请派人看看", "怎么办", "麻烦了", "能不能帮忙", "谢谢", "请尽快", "找谁办", "心里着急"),
        "aside": ("上次说的{other}已经好了，", "{other}的事不急，", "路过看到{other}，", "本来想说{other}，"),
    },
    "bo": {
        "place": ("སྡེ་བར་", "དབྱར་སར་", "དགུན་སར་", "ཤང་ལ་", "ཆུ་འགྲམ་ལ་", "རི་རྒྱབ་ལ་"),
        "who": ("ཨ་མས་", "ཁྱིམ་མཚེས་ཀྱིས་", "རྒན་པས་", "ངའི་ཁྱིམ་ལ་", "ཕྲུ་གུས་", "བརྫི་བོས་"),
        "days": ("ཉིན་གསུམ་", "བདུན་ཕྲག་གཅིག་", "ཁ་སང་ནས་", "ཟླ་བ་གཉིས་", "ཉིན་ཁ་ཤས་"),
        "ask": ("རོགས་བྱེད་རོགས།", "ཅི་བྱེད་དགོས།", "མི་ཞིག་གཏོང་རོགས།", "ཐུགས་རྗེ་ཆེ།", "མྱུར་དུ་ཡོང་རོགས།", "སུ་ལ་བཤད་དགོས།"),
        "aside": ("སྔོན་གྱི་{other}་ལེགས་སོང་། ", "{other}་ཅི་ཡང་མེད། ", "{other}་མཐོང་སོང་། "),
    },
}  # fmt: skip
_SLIPS = "的了是在有不这个那一到就也还会说去来大小上下人"
SLIP, ASIDE_OF_OTHER, MIXED = 0.04, 0.3, 0.05


@dataclass(frozen=True)
class Wanted:
    """Which reports: the same ones for the same numbers. `level` 1: topmost topics only. So large a share as `own` is
    told in words of people's own, and so large a share as `known` of the pack's words is known before any report."""

    script: str
    number: int
    seed: int
    level: int = 2
    own: float = 0.0
    known: float = 0.0

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.script, self.level, self.own)


@dataclass(frozen=True)
class Report:
    """An invented text, its topic, the script it is in (`zh`, `bo`), and the words that name the topic."""

    text: str
    topic: str
    script: str
    parts: tuple[str, ...]


def reports(wanted: Wanted, sentences: Sequence[str] = ()) -> Iterator[Report]:
    """Frequent topics are ten times the rare ones."""
    random = Random(f"{wanted.script}-{wanted.seed}")
    sentences = sentences or _SENTENCES[wanted.script]
    known = wanted.vocabulary
    topics = sorted(known.words)
    for topic in random.choices(topics, [weight(at) for at in range(len(topics))], k=wanted.number):
        other = random.choice(topics)
        said = known.say(topic, random)
        text = _text(wanted.script, sentences, random, said.text, known.say(other, random).text)
        yield Report(text, topic, wanted.script, said.parts)


def weight(at: int) -> float:
    """How frequent the topic of this number is beside the others."""
    return 1 / (1 + at % 10)


def fresh(wanted: Wanted, number: int, after: Sequence[Row]) -> tuple[Row, ...]:
    """So many more of the same reports, none of which was among those `after` which they come, each once."""
    known = {same(row.text) for row in after}
    more = Wanted(wanted.script, len(after) * 2 + number, wanted.seed, wanted.level, wanted.own)
    later = islice(reports(more), len(after) * 2, None)
    rows = once(Row(each.text, each.topic) for each in later)
    return tuple(row for row in rows if same(row.text) not in known)


def table(wanted: Wanted, *, strange: bool = False) -> str:
    """The same as a CSV: text, label, split (the last fifth is test; `strange`: told in sentences of its own)."""
    found = io.StringIO()
    lines = csv.writer(found)
    lines.writerow(("text", "label", "split"))
    learn = wanted.number * 4 // 5
    all_of = _SENTENCES[wanted.script]
    known, own = (all_of[::2], all_of[1::2]) if strange else ((), ())
    for each in islice(reports(wanted, known), learn):
        lines.writerow((each.text, each.topic, "train"))
    for each in islice(reports(wanted, own), learn, None):
        lines.writerow((each.text, each.topic, "test"))
    return found.getvalue()


def known_words(wanted: Wanted) -> list[Row]:
    """What a county knows before any report: the wanted share of the pack's words, as texts with their topic."""
    random = Random(f"words-{wanted.seed}")
    each = (
        Row(word, topic)
        for topic, words in sorted(wanted.vocabulary.words.items())
        for word in dict.fromkeys(words)
    )
    return [row for row in each if random.random() < wanted.known]


@lru_cache
def destinations() -> dict[str, Destination]:
    """Where the pack's topics go."""
    return by_receivers(Topics({each.code: each for each in map(_topic, _listed())}))


def _listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(TOPICS.read_text("utf-8"))["topic"]
    return found


def _topic(each: Mapping[str, Any]) -> Topic:
    return Topic(
        code=each["code"],
        parent=each.get("parent"),
        kind=Kind(each["kind"]) if "kind" in each else None,
        follows=Follows(each["follows"]) if "follows" in each else None,
        departments=tuple(each.get("departments", ())),
        at_once=tuple(each.get("at_once", ())),
    )


def _text(script: str, sentences: Sequence[str], random: Random, word: str, other: str) -> str:
    fill = {name: random.choice(choices) for name, choices in _FILL[script].items()}
    if random.random() >= ASIDE_OF_OTHER:
        fill["aside"] = ""
    fill["aside"] = fill["aside"].format(other=other)
    told = random.choice(sentences).format(word=word, **fill)
    if random.random() < MIXED:
        told += random.choice((" wechat 13900000000", "ok", " 乡政府", " ཤང་"))
    return "".join(_slipped(random, told, script))


def _slipped(random: Random, told: str, script: str) -> Iterator[str]:
    """Letters left out, doubled or changed; in Tibetan the mark between syllables is what goes missing most."""
    for letter in told:
        chance = random.random()
        if chance < SLIP / 3 or (script == "bo" and letter == "་" and chance < SLIP * 2):
            continue
        if chance > 1 - SLIP / 3:
            yield letter if script == "bo" else random.choice(_SLIPS)
        yield letter
