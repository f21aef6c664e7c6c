"""Makes a working pack for any county of the extract: base, its areas, and tests on its villages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from mulian.core.packs.extract import areas_of, counties
from mulian.core.packs.finding import BrokenPack
from mulian.core.packs.pack import AreaRow
from mulian.core.packs.sample import sample_tests

ABOUT = """\
code = "{code}"
extends = "base"
number_prefix = "{prefix}"
languages = ["zh-hans", "bo", "en"]
demo_township = "{township}"

[name]
zh = "{zh}"
bo = ""
en = "{en}"

[note]
zh = "由区划数据生成的通用县包，未经该县认可；请按当地实际修改。"
bo = "སྤྱི་སྤྱོད་དཔེ་གཞི"
en = "A general pack made from division data, not endorsed by the county; adapt it to local practice."
"""


def new(county_code: str, folder: Path) -> Path:
    """Writes `folder/<slug>/` for a county; BrokenPack: no such county, or the folder is there already."""
    county = next((area for area in counties() if area.code == county_code), None)
    if county is None:
        raise BrokenPack(f"{county_code} is none of Qinghai's {len(counties())} county units")
    target = Path(folder) / slug(county)
    if target.exists():
        raise BrokenPack(f"{target} exists already; nothing was written")
    target.mkdir(parents=True)
    for name, content in files(county).items():
        (target / name).write_text(content, encoding="utf-8")
    return target


def files(county: AreaRow) -> dict[str, str]:
    """file name → content of the new pack."""
    areas = areas_of(county.code)
    township = demo_township(areas)
    about = ABOUT.format(
        code=county.code,
        prefix=number_prefix(county),
        township=township.code,
        zh=county.name_zh,
        en=county.name_en,
    )
    return {"pack.toml": about, "areas.csv": areas_csv(areas), "tests.toml": sample_tests(areas, township)}


def slug(county: AreaRow) -> str:
    """gande, chengdong: the first word of the English name in small letters."""
    return re.sub("[^a-z]", "", county.name_en.partition(" ")[0].lower().replace("ü", "u"))


def number_prefix(county: AreaRow) -> str:
    """The shortest beginning of the name, three letters at least, that no other county has."""
    own = slug(county)
    others = [slug(other) for other in counties() if other.code != county.code]
    lengths = range(3, len(own))
    return own[: next((n for n in lengths if not any(o.startswith(own[:n]) for o in others)), 8)].upper()


def demo_township(areas: Iterable[AreaRow]) -> AreaRow:
    """The township the demo is about: a rural one with most villages, else any with most."""
    areas = tuple(areas)
    size = {a.code: sum(v.parent == a.code for v in areas) for a in areas if a.level == "township"}
    townships = [area for area in areas if area.level == "township"]
    return max(townships, key=lambda t: (t.kind == "township" and size[t.code] > 1, size[t.code]))


def areas_csv(areas: Iterable[AreaRow]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [f.name for f in fields(AreaRow)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(area) for area in areas)
    return text.getvalue()
