"""What on a paper is refused by its words: the one guard of kernel/refused.py, and what only papers print.

On a form a bare label is refused; on a paper the value stands right behind it, and may stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mulian.kernel.refused import refused_in

ORIGIN = ("民族", "族别", "མི་རིགས")
NUMBER = (
    "公民身份证件编号", "公民身份证号码", "公民身份号码", "居民身份证号", "身份证件号码", "身份证号码", "身份证号",
    "证件号码", "证件编号", "残疾人证号", "证号", "ཐོབ་ཐང་ཨང་རྟགས", "ཐོབ་ཐང་ཨང",
)  # fmt: skip
_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
"""GB/T 3304: only to cover them. The name of a place that holds one (果洛藏族自治州) stays."""
_SAID = re.compile(f"(?:{_PEOPLES})族(?!自治|乡|镇|村|中学|小学|学校)")
_SAID_BO = re.compile("(?:བོད|རྒྱ|ཧུའེ|ཧུའི|ཧུཨེ|ཐུའུ|ས་ལར|སོག|མན)་རིགས(?!་རང་སྐྱོང)")
_ONE = re.compile(f"^(?:{_PEOPLES})(?:族)?$|་?(?:བོད|རྒྱ|ཧུའེ|ཧུའི|ཐུའུ|ས་ལར|སོག)")
_DIGITS = re.compile(r"\d{6}")
_PLACED = re.compile("[\u4e00-\u9fff]{1,6}族(?:自治[州县区旗]|乡|镇|村)|མི་རིགས་རང་སྐྱོང|བོད་རིགས་རང་སྐྱོང")
Span = tuple[int, int]


def label_spans(text: str, labels: Iterable[str]) -> list[tuple[int, int, str]]:
    """(first, behind the last, label) of the known labels in a line, from left; the longer ones win."""
    found: list[tuple[int, int, str]] = []
    for label in sorted(labels, key=lambda one: (-len(one), one)):
        at = text.find(label)
        while at >= 0:
            if not any(first < at + len(label) and at < behind for first, behind, _ in found):
                found.append((at, at + len(label), label))
            at = text.find(label, at + len(label))
    return sorted(found)


def is_refused(text: str) -> bool:
    """Whether a line says or asks what is refused, places' names left aside."""
    left = _PLACED.sub("", text)
    return bool(refused_in(left) or _SAID.search(left) or _SAID_BO.search(left))


def is_value(label: str, text: str) -> bool:
    """Whether the words beside a refused label can be its value; else it heads a column, or its value was not read."""
    if label in NUMBER:
        return bool(_DIGITS.search(re.sub(r"[\s.\-]", "", text)))
    return any(_ONE.search(word) for word in text.split())
