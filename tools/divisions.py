"""Makes the shipped extract of Qinghai's divisions from the source table.

    python tools/divisions.py SOURCE.csv src/mulian/core/areas/data/qinghai.csv

SOURCE.csv has the columns level, code, name_zh, parent_code, kind, source (one row a division, from the npm
package china-division 2.7.0, MIT; National Bureau of Statistics codes, cut-off 2023-06-30). English names are
drafts in pinyin and need `pypinyin` (MIT) where this tool runs; nothing of it ships. What is done to
names, and which rows are left out, is written down in src/mulian/core/areas/data/README.md.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

VALID_FROM = "2023-06-30"
COLUMNS = ("level", "code", "parent", "kind", "name_zh", "name_bo", "name_en", "valid_from")
NOT_A_PLACE = re.compile("监狱|看守所|戒毒|虚拟|类似居委会")
BODY = re.compile(
    "(社区居民委员会|社区居委会|社区委员会|居民委员会|居委会|村民委员会|牧民委员会|村民委会|村委会|牧委会|社区|委会)$"
)
PEOPLES = {"回族": "Hui", "土族": "Tu", "藏族": "Tibetan", "撒拉族": "Salar", "蒙古族": "Mongol"}
ESTABLISHED = {"格尔木": "Golmud", "果洛": "Golog", "称多": "Chenduo"}
READINGS = {"勒": "lè", "什": "shí", "都": "dū", "喀": "kā", "巷": "xiàng"}
PEOPLE = re.compile("|".join(PEOPLES))
ENDINGS = (
    ("行政委员会", "Administrative Committee", "county"),
    ("自治州", "Autonomous Prefecture", "prefecture"),
    ("自治县", "Autonomous County", "county"),
    ("街道", "Subdistrict", "subdistrict"),
    ("社区", "Community", "community"),
    ("村", "Village", "village"),
    ("镇", "Town", "town"),
    ("乡", "Township", "township"),
    ("省", "Province", "province"),
    ("县", "County", "county"),
    ("区", "District", "county"),
    ("市", "City", "county"),
)
TOWNSHIP_ENDINGS = {"街道": "subdistrict", "镇": "town", "乡": "township"}


def village_kind(code: str) -> str:
    """The last three digits: 001-199 residents' community, 200 and more village (the state's coding rule)."""
    return "community" if int(code[-3:]) < 200 else "village"


def village_name(name: str, kind: str, township: str) -> str:
    """The committee's title stripped, 村 or 社区 put back once; unnamed: called after the township."""
    stem = BODY.sub("", name) or re.sub("[乡镇]$", "", township)
    if kind == "community":
        return f"{stem}社区"
    if stem.endswith(("村", "生活区", "）")):
        return stem
    return f"{stem}村"


def cleaned(name: str) -> str:
    return name.replace(")", "）").replace("(", "（").replace(" ", "").strip()


def area_kind(level: str, name: str) -> str:
    if level != "township":
        return level
    return next((kind for ending, kind in TOWNSHIP_ENDINGS.items() if name.endswith(ending)), "zone")


def pinyin(text: str) -> str:
    """Syllables joined, the first letter large; an apostrophe before a vowel, as the state writes it."""
    if text in ESTABLISHED:
        return ESTABLISHED[text]
    syllables = lazy_pinyin(text, style=Style.NORMAL, v_to_u=True)
    joined = "".join(
        ("'" if index and syllable[:1] in "aoe" else "") + syllable
        for index, syllable in enumerate(syllables)
    )
    return joined[:1].upper() + joined[1:]


def english(name: str) -> str:
    """A draft: pinyin of the stem, the English word for the ending, peoples in official names."""
    if inner := re.fullmatch("(.+)（(.+)）", name):
        return f"{english(inner[1])} ({english(inner[2])})"
    for ending, word, _ in ENDINGS:
        stem = name.removesuffix(ending)
        if stem and stem != name:
            peoples = [PEOPLES[found] for found in PEOPLE.findall(stem)]
            middle = f" {' and '.join(peoples)}" if peoples else ""
            return f"{pinyin(PEOPLE.sub('', stem))}{middle} {word}"
    return pinyin(name)


def row(source: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    level, code, name = source["level"], source["code"], cleaned(source["name_zh"])
    kind = village_kind(code) if level == "village" else area_kind(level, name)
    shown = village_name(name, kind, names[source["parent_code"]]) if level == "village" else name
    return {
        "level": level,
        "code": code,
        "parent": source["parent_code"],
        "kind": kind,
        "name_zh": shown,
        "name_bo": "",
        "name_en": english(shown),
        "valid_from": VALID_FROM,
    }


def extract(sources: list[dict[str, str]]) -> list[dict[str, str]]:
    """All rows to publish, by code; a row that is no place takes everything below it along."""
    left_out = tuple(s["code"] for s in sources if NOT_A_PLACE.search(s["name_zh"]))
    kept = [s for s in sources if not s["code"].startswith(left_out)]
    names = {s["code"]: s["name_zh"] for s in kept}
    return sorted((row(s, names) for s in kept), key=lambda r: r["code"])


def teach_readings() -> None:
    """Readings of characters as they sound in these names, where the dictionary prefers another."""
    load_single_dict({ord(character): reading for character, reading in READINGS.items()})
    load_phrases_dict({"都兰": [["dū"], ["lán"]], "乐都": [["lè"], ["dū"]]})


def main(source: str, target: str) -> int:
    teach_readings()
    with Path(source).open(encoding="utf-8", newline="") as handle:
        rows = extract(list(csv.DictReader(handle)))
    with Path(target).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} divisions written to {target}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
