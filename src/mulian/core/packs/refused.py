"""What a pack may not name: the bodies and fields the project refuses, in three languages.

Only what a county writes into a pack is looked at (units, topics, titles, duties, services), never names of
places: a village called after a temple is a village.
"""

from __future__ import annotations

import re

REFUSED = re.compile(
    "公安|派出所|警察|法院|检察|政法|统战|民宗|宗教|僧|尼姑|寺管|信教|信众|维稳|重点人|重点户|上访|信访人|思想状况|"
    "政治面貌|民族成分|人脸|指纹|声纹|计划生育|舆情|"
    "པོ་ལི་སི|ཉེན་རྟོག|ཁྲིམས་ཁང|ཆོས་ལུགས|གྲྭ་པ|འཐབ་ཕྱོགས|མི་རིགས་གྲུབ་ཆ|"
    r"\b(police|court|procurat\w*|united.?front|relig\w+|monks?|nuns?|ethnic\w*|petitioners?|key.person|stability|"
    r"fingerprints?|face.recognition|voiceprints?|political\w*|family.planning)\b",
    re.IGNORECASE,
)
LEGITIMATE = re.compile("孕产妇保健|特殊教育|特殊群体帮扶|重点目标|党员服务队|司法所")


def refused_in(text: str) -> str | None:
    """The first refused word of a text, or None."""
    found = REFUSED.search(LEGITIMATE.sub("", text.replace("_", " ").replace(".", " ")))
    return found[0] if found else None
