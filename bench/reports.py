"""Invented reports in Chinese and Tibetan with their topics, from a pack's words and a few sentences.

They are synthetic: nobody said them, and figures on them say how a sorter copes with noise we chose (slips, missing
marks, mixed scripts, a second matter told on the way), not how it does in a county.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from mulian.modules.cases.domain.classifying.destinations import Destination, by_receivers
from mulian.modules.cases.domain.classifying.rows import Row, once, same
from mulian.modules.cases.domain.topics import Follows, Kind, Topic, Topics

TOPICS = Path(__file__).parent.parent / "packs" / "base" / "topics.toml"
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
class Report:
    """An invented text, its topic, the script it is in (`zh`, `bo`), and the word that names the topic."""

    text: str
    topic: str
    script: str
    word: str


def reports(
    script: str, number: int, seed: int, level: int = 2, *, sentences: Sequence[str] = ()
) -> Iterator[Report]:
    """The same for the same numbers. `level` 1: topmost topics only. Frequent topics are ten times the rare ones."""
    random = Random(f"{script}-{seed}")
    sentences = sentences or _SENTENCES[script]
    words = _words(script, level)
    topics = sorted(words)
    weights = [1 / (1 + at % 10) for at in range(len(topics))]
    for topic in random.choices(topics, weights, k=number):
        other = random.choice(topics)
        word = random.choice(words[topic])
        text = _text(script, sentences, random, word, random.choice(words[other]))
        yield Report(text, topic, script, word)


def fresh(script: str, number: int, seed: int, level: int, after: Sequence[Row]) -> tuple[Row, ...]:
    """So many more of the same reports, none of which was among those `after` which they come, each once."""
    known = {same(row.text) for row in after}
    more = islice(reports(script, len(after) * 2 + number, seed, level), len(after) * 2, None)
    return tuple(
        row for row in once(Row(each.text, each.topic) for each in more) if same(row.text) not in known
    )


def destinations() -> dict[str, Destination]:
    """Where the pack's topics go."""
    found = {each["code"]: each for each in tomllib.loads(TOPICS.read_text())["topic"]}
    return by_receivers(Topics({code: _topic(each) for code, each in found.items()}))


def _topic(each: Mapping[str, Any]) -> Topic:
    return Topic(
        code=each["code"],
        parent=each.get("parent"),
        kind=Kind(each["kind"]) if "kind" in each else None,
        follows=Follows(each["follows"]) if "follows" in each else None,
        departments=tuple(each.get("departments", ())),
        at_once=tuple(each.get("at_once", ())),
    )


def table(script: str, number: int, seed: int, level: int = 2, *, strange: bool = False) -> str:
    """The same as a CSV: text, label, split (the last fifth is test; `strange`: told in sentences of its own)."""
    found = io.StringIO()
    lines = csv.writer(found)
    lines.writerow(("text", "label", "split"))
    learn = number * 4 // 5
    known, own = (_SENTENCES[script][::2], _SENTENCES[script][1::2]) if strange else ((), ())
    for each in islice(reports(script, number, seed, level, sentences=known), learn):
        lines.writerow((each.text, each.topic, "train"))
    for each in islice(reports(script, number, seed, level, sentences=own), learn, None):
        lines.writerow((each.text, each.topic, "test"))
    return found.getvalue()


@dataclass(frozen=True)
class Limits:
    """What no sorter can be better than: `known`, the share of the measured texts whose word stood with its topic in
    a text that was learnt from, or among the words known before; `told_apart`, how often the likeliest topic of the
    word itself is the right one (one word names several topics); `sendable`, the share that could go with 98% right,
    to the topic or the one above it, for one who knows how these reports are made but not words never learnt."""

    known: float
    told_apart: float
    sendable: float


def limits(script: str, number: int, seed: int, level: int, share: float = 0.0) -> Limits:
    """Of the table with the same numbers, with the same `share` of words known before."""
    rows, words = list(reports(script, number, seed, level)), _words(script, level)
    learn = number * 4 // 5
    known = {(row.word, row.topic) for row in rows[:learn]}
    known |= {(row.text, row.label) for row in known_words(script, level, share, seed)}
    heard = {word for word, _ in known}
    test = rows[learn:]
    chances = {word: _chances(word, words) for word in {row.word for row in test}}
    branches = [_surest(chances[row.word], 1) if row.word in heard else 0.0 for row in test]
    return Limits(
        known=sum((row.word, row.topic) in known for row in test) / len(test),
        told_apart=sum(_surest(chances[row.word], level) for row in test) / len(test),
        sendable=_sendable(branches),
    )


def known_words(script: str, level: int, share: float, seed: int) -> list[Row]:
    """So large a share of the pack's words, as texts with their topic: what a county knows before any report."""
    random = Random(f"words-{seed}")
    all_of = [
        Row(word, topic)
        for topic, own in sorted(_words(script, level).items())
        for word in dict.fromkeys(own)
    ]
    return [row for row in all_of if random.random() < share]


def _chances(word: str, words: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """How likely each topic is where this word was said: by how frequent it is and how many words it has."""
    weigh = {topic: 1 / (1 + at % 10) for at, topic in enumerate(sorted(words))}
    found = {t: weigh[t] * own.count(word) / len(own) for t, own in words.items() if word in own}
    whole = sum(found.values())
    return {topic: chance / whole for topic, chance in found.items()}


def _surest(chances: Mapping[str, float], level: int) -> float:
    """The chance of the likeliest topic, or (level 1) of the likeliest topmost one."""
    summed: dict[str, float] = defaultdict(float)
    for topic, chance in chances.items():
        summed[".".join(topic.split(".")[:level])] += chance
    return max(summed.values())


def _sendable(chances: Sequence[float], precision: float = 0.98) -> float:
    """The largest share of the surest of which so many are right."""
    rightly = list(accumulate(sorted(chances, reverse=True)))
    return max((n for n, sum in enumerate(rightly, 1) if sum >= precision * n), default=0) / len(chances)


def _words(script: str, level: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for topic in tomllib.loads(TOPICS.read_text("utf-8"))["topic"]:
        code = ".".join(topic["code"].split(".")[:level])
        found.setdefault(code, []).extend(topic.get("words", {}).get(script, ()))
    return {code: words for code, words in found.items() if words}


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
