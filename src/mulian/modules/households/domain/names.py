"""Names for synthetic people: two syllables as names have them and a word of the land, in both scripts.

No one is called "River of Life-Wealth"; a reader sees at once that the person was made up, and no register of
real names went into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SYLLABLES = (
    ("才", "ཚེ"),
    ("扎", "བཀྲ"),
    ("多", "རྡོ"),
    ("尼", "ཉི"),
    ("索", "བསོད"),
    ("洛", "བློ"),
    ("旦", "བསྟན"),
    ("桑", "བཟང"),
    ("卓", "སྒྲོལ"),
    ("拉", "ལྷ"),
    ("央", "དབྱངས"),
    ("措", "མཚོ"),
    ("吉", "སྐྱིད"),
    ("杰", "རྒྱལ"),
    ("南", "གནམ"),
    ("华", "དཔལ"),
)
_LAND = (
    ("云", "སྤྲིན"),
    ("河", "གཙང"),
    ("草", "རྩྭ"),
    ("风", "རླུང"),
    ("雪", "གངས"),
    ("岩", "བྲག"),
    ("鹿", "ཤྭ"),
    ("月", "ཟླ"),
    ("星", "སྐར"),
    ("雨", "ཆར"),
    ("虹", "འཇའ"),
    ("谷", "ལུང"),
    ("泉", "ཆུ་མིག"),
    ("松", "ཐང་ཤིང"),
    ("霜", "བ་མོ"),
)


@dataclass(frozen=True)
class MadeUpName:
    """One name in Chinese characters and in Tibetan."""

    zh: str
    bo: str


def made_up_name(random: Random) -> MadeUpName:
    """A name drawn from the generator (3,600 of them)."""
    first, second = random.sample(_SYLLABLES, 2)
    land = random.choice(_LAND)
    return MadeUpName(first[0] + second[0] + land[0], "་".join((first[1], second[1], land[1])))


def made_up_phone(random: Random) -> str:
    """A number that no one can have: mobile numbers begin with 1."""
    return f"000{random.randrange(10**8):08d}"


def is_tibetan(text: str) -> bool:
    """Whether a name is written in Tibetan letters."""
    return any("\u0f00" <= letter <= "\u0fff" for letter in text)
