"""What Mulian refuses to store, in three languages: the one home of guarantee G1.

Models, bodies, forms, packs and imports ask here before a field, a choice or a heading may exist; no setting of any
administrator lifts it. Names of places are never asked about: a village called after a temple is a village. What
people say in free text is never judged.

A term is a regular expression over text that `_plain` has smoothed, so that spacing, full width, camel case or
another tsheg do not help. Which concept serves which real need instead is in `docs/GUARANTEES.md`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain

TERMS: Mapping[str, tuple[str, ...]] = {
    "religion": (
        "宗[教敎]", "信教", "信众", "信仰", "僧", "尼姑", "活佛", "教职人员", "教派", "寺管", "邪教",
        "信佛", "信[什甚]么教", "喇嘛(?!沟|村|河|台|湾)", "zong ?jiao", r"\bseng ?ren\b", r"\bhuo ?fo\b",
        "ཆོས་ལུགས", "གྲྭ་པ", "གྲྭ་བཙུན", "བཙུན་མ", "སྤྲུལ་སྐུ", "དད་མོས", "དད་པ",
        r"\brelig\w*", r"\bmonks?\b", r"\bnuns?\b", r"\blamas?\b", r"\bfaith\b", r"\bbeliefs?\b", r"\bclergy\b",
    ),
    "ethnicity": (
        "民族(?=成[分份]|类别|身份|别|$|[^一-鿿])", "族别", r"\bmin ?zu\b", "མི་རིགས་གྲུབ་ཆ", "མི་རིགས(?=་?$|་?[^་ཀ-ྼ]|་གང)",
        r"\bethnic\w*", r"\bnationalit\w+",
    ),
    "politics": (
        "政治面貌", "政治立场", "政治倾向", "政治表现", "思想状况", "思想动态", "思想表现", "党派",
        "是否为?(中共)?党员", "党员身份", "舆情", "mian ?mao",
        r"\bsi ?xiang ?(zhuang ?kuang|dong ?tai)\b", "ཆབ་སྲིད", "བསམ་བློའི་གནས་ཚུལ",
        r"\bpolitic\w*", r"\bparty ?members?(hip)?\b", r"\bideolog\w*", r"\bstate of mind\b",
    ),
    "biometrics": (
        "人[脸臉]", "面部识别", "指[纹紋]", "[声聲][纹紋]", "虹膜", "掌纹", "生物识别", r"\bren ?lian ?shi ?bie\b",
        "མཛུབ་རིས", "གདོང་རིས", "སྐད་རིས",
        r"\bfinger ?prints?\b", r"\bface (recognition|id|template)\b", r"\bfacial\b", r"\bvoice ?prints?\b",
        r"\biris\b", r"\bbiometric\w*",
    ),
    "family planning": (
        "计划生育", "計劃生育", "(?<![统会])计生", "避孕", "节育", "超生", r"\bji ?hua ?sheng ?yu\b", "འཆར་ལྡན་བུ་སྐྱེ",
        r"\bfamily planning\b", r"\bcontracept\w*", r"\bbirth control\b",
    ),
    "clinical records": ("病历", "处方", r"\bclinical\b", r"\bmedical records?\b", r"\bprescriptions?\b"),
    "lists and scores of persons": (
        "重点人", "重点户", "特殊人[员群]", "关注对象", "黑名单", "人员评分", "人员分级",
        "信用分", "个人画像", "上访", "信访人", "维稳", "稳控", "涉稳", "前科", "刑满释放", "社区矫正",
        r"\bzhong ?dian ?ren ?(yuan|kou|qun)\b", r"\bhei ?ming ?dan\b",
        "གཙོ་གནད་མི་སྣ", "ནག་ཐོ",
        r"\bkey ?(person|people|household)s?\b", r"\bwatch ?lists?\b", r"\bblack ?lists?\b", r"\bpetition\w*",
        r"\bstability\b", r"\b(person|risk|credit|loyalty) ?(score|grade|rank)s?\b", r"\bsocial credit\b",
    ),
    "bodies that watch": (
        "公安", "派出所", "警察", "法院", "检察", "(?<!行)政法", "统战", "民宗", r"\bpai ?chu ?suo\b",
        "པོ་ལི་སི", "ཉེན་རྟོག", "ཁྲིམས་ཁང", "འཐབ་ཕྱོགས",
        r"\bpolice\b", r"\bcourts?\b", r"\bprocurat\w*", r"\bunited front\b",
    ),
    "surveillance": (
        "车牌(识别|抓拍|记录)", "行动轨迹", "活动轨迹", "人员轨迹", "监控对象", "手机串码", "探针",
        r"\bplate (readers?|recognition)\b", r"\bimei\b", r"\bimsi\b", r"\bmovement ?trails?\b", r"\bphone probes?\b",
    ),
}  # fmt: skip
"""concept → terms. A test removes each one in turn and must find that something slips through."""

_HAN_GAP = re.compile(r"(?<=[㐀-鿿])[\s·・.\-_/*|~+^]+(?=[㐀-鿿])")
_TSHEG = re.compile("(?<=[\u0f40-\u0fbc])[\\s\u0f0b]+(?=[\u0f40-\u0fbc])")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[\s._\-/*]+")
_SPELT = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][\s._\-/*]+){3,}[A-Za-z](?![A-Za-z])")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
_HIDDEN_TSHEG = re.compile("(?<=[\u0f40-\u0fbc])[\u200b-\u200f\u2060\ufeff]+(?=[\u0f40-\u0f6c])")
"""A syllable ends, though nobody sees a tsheg."""
_ACCENT = re.compile("[\u0300-\u036f]")
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁӏԛԝҽΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХοναιρ", "aeopcyxijshdlqweABEZHIKMNOPTYXABEKMHOPCTYXovaip"
)
"""Letters of other scripts that look like Latin ones."""


def refused_in(text: str) -> str | None:
    """The first refused word of a name, label, choice or heading, or None."""
    return _first(tuple(all_terms()), text)


def all_terms() -> Iterable[str]:
    """Every term of every concept."""
    return chain.from_iterable(TERMS.values())


def _plain(text: str) -> str:
    """One way to write it: narrow Latin letters without accents, no hidden marks, words parted by single spaces.

    Field names part their words by capitals, and capitals may also be scattered: then both readings are looked at.
    """
    shown = _INVISIBLE.sub("", _HIDDEN_TSHEG.sub("\u0f0b", text))
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", shown))
    smooth = unicodedata.normalize("NFKC", bare).replace("\u0f0c", "\u0f0b").translate(_ALIKE)
    smooth = _TSHEG.sub("\u0f0b", _HAN_GAP.sub("", smooth))
    smooth = _SPELT.sub(lambda spelt: _GAP.sub("", spelt[0]), smooth)
    parted = _HUMP.sub(" ", smooth)
    both = parted if parted == smooth else f"{parted}¦{smooth}"
    return re.sub(r"[\s_.\-/]+", " ", both).strip()


@lru_cache(maxsize=8192)
def _first(terms: tuple[str, ...], text: str) -> str | None:
    """A pack is checked again and again while it is written; most of its words stay."""
    found = _pattern(terms).search(_plain(text))
    return found[0] if found else None


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(terms), re.IGNORECASE)
