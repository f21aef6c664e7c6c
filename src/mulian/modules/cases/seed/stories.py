"""What the demo's invented families report, and what became of it. Nobody here exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mulian.modules.cases.domain.outcomes import Outcome


@dataclass(frozen=True)
class Ending:
    """What stands in a register instead of a simple solution; `review` is days from the solution to the next look."""

    outcome: Outcome
    review: int
    contractor: str = ""
    fund: str = ""
    address: str = ""


@dataclass(frozen=True)
class Story:
    """A report, how many days before the demo's day it came, and how far it got.

    `path` names the steps in order; `solved` and `answered` are what was said with them. Without a household the
    report is about the place. A spoken one has seconds of sound instead of a text, in the language of who reports;
    `text` and `translation` are what the listener writes down then, `answer_seconds` the length of a spoken answer.
    """

    days: float
    text: str
    path: tuple[str, ...] = ()
    urgent: bool = False
    household: bool = True
    solved: str = "已现场处理"
    answered: str = "已处理好,请放心"
    stars: int | None = None
    seconds: float = 0
    language: str = ""
    translation: str = ""
    answer_seconds: float = 0
    ending: Ending | None = None


WELL = Ending(Outcome.RELIEVED, 45, contractor="合成水利队", fund="抗旱应急资金")
ROAD = Ending(Outcome.PROJECT, 90, contractor="合成公路队", fund="村道养护资金")
TOWER = Ending(Outcome.LONG, 180)
WINDOW = Ending(Outcome.ELSEWHERE, 30, address="县农牧局农机购置补贴窗口")
DONE = ("take", "solve", "answer", "content")
ANSWERED = ("take", "start", "solve", "answer")
STORIES: tuple[Story, ...] = (
    Story(11.8, "村口的桥断了,车过不去", (*DONE,), solved="便桥已搭好", answered="便桥可以走了", stars=5),
    Story(11.2, "养老金这个月没有到账", (*DONE,), solved="材料补齐,已补发", answered="钱已到卡上", stars=5),
    Story(10.9, "水管冻裂了,三天没有水", (*DONE,), solved="换了水管", answered="水来了", stars=4),
    Story(10.3, "ཟམ་པ་ཆད་སོང་།", (*DONE,), solved="桥板已换", answered="ཟམ་པ་བཟོས་ཟིན།", stars=5),
    Story(9.8, "去冬的草料补贴什么时候发", ("take", "answerable", "answer", "content"), stars=4),
    Story(9.1, "路上结冰,摩托车摔了两次", ("take", "start", "solve", "answer", "veto"), solved="撒了盐"),
    Story(8.9, "变压器有响声,晚上经常停电", ("take", "transfer"), household=False),
    Story(8.4, "孩子转学的手续怎么办", (*ANSWERED,), solved="学校已联系", answered="带户口本到学校报到"),
    Story(8.2, "草场围栏被风吹倒一段", ()),
    Story(7.9, "牛走失了两头,往南山去了", ("take",)),
    Story(7.2, "གློག་མེད་པ་ཉིན་གཉིས་སོང་།", ("take", "wait")),
    Story(6.9, "合作医疗的报销单交到哪里", (*ANSWERED,), solved="已代交到窗口", answered="七天后到账"),
    Story(6.5, "村道翻浆,拉水车陷住了", ("take", "start", "solve"), solved="已列入明年养护计划", ending=ROAD),
    Story(6.1, "希望村里装一盏太阳能路灯", ("take", "passup")),
    Story(
        5.9,
        "羊得了病,死了五只",
        ("take", "start", "solve", "answer"),
        solved="兽医已打针",
        answered="按时打第二针",
    ),
    Story(5.5, "低保复核的材料不知道交谁", ("take", "solve"), solved="已陪同到乡里交材料"),
    Story(5.0, "河边的护堤被冲开一个口子", ("take", "transfer", "giveback")),
    Story(4.6, "老人腿疼,想请医生上门看看", (*DONE,), solved="医生已上门", answered="下周复查", stars=5),
    Story(4.1, "ལམ་འགག་ནས་འགྲོ་མི་ཐུབ།", ("take", "start")),
    Story(3.8, "冬窝子的水井没有水了", ("take", "solve"), solved="先用水车送水,开春打新井", ending=WELL),
    Story(3.4, "感谢帮忙把草料拉上来", ("thanks",)),
    Story(3.1, "培训试用,请不用处理", ("test",)),
    Story(2.9, "学校食堂的菜太凉", ("take",)),
    Story(2.6, "邻居的牛又进了我家草场", ("take", "start")),
    Story(2.2, "房顶雪压得有裂缝", ("take",)),
    Story(1.9, "想申请一台小型割草机", ("take", "solve"), solved="告知到补贴窗口申请", ending=WINDOW),
    Story(1.6, "熊进了牛圈,咬伤一头牛", ("take", "start")),
    Story(1.3, "手机信号塔坏了,打不出电话", ("take", "solve"), solved="需要新建信号塔", ending=TOWER),
    Story(1.0, "བླ་ཆས་སྤྲོད་པའི་དུས་ཚོད་ག་དུས་རེད།", ()),
    Story(0.8, "药吃完了,路不通买不到", ("take",)),
    Story(0.6, "山上落石,路断了", ()),
    Story(0.4, "太阳能板不充电", ()),
    Story(0.2, "帐篷着火了,人已经出来", ("take", "solve"), urgent=True, solved="火已扑灭,人没有受伤"),
    Story(0.1, "孩子的防疫针在哪里打", ()),
    Story(0.03, "河水涨得很快,两户要搬", (), urgent=True),
)
SPOKEN: tuple[Story, ...] = (
    Story(
        0.45,
        "ལམ་འགག་ནས་འགྲོ་མི་ཐུབ།",
        ("hear", "take", "solve", "answer"),
        translation="路堵了,过不去",
        solved="落石已清开",
        answered="",
        seconds=7.5,
        language="bo",
        answer_seconds=5.5,
    ),
    Story(0.018, "", seconds=8.5, language="bo"),
    Story(0.006, "", seconds=6.0, language="zh-hans"),
    Story(0.002, "", seconds=4.5, language="bo", urgent=True),
)
"""The last three wait at the listening desk when the demo starts."""
WAITING_FOR = "等配件从州上运来"
HANDED: Mapping[str, str] = {
    "transfer": "需要部门处理",
    "giveback": "河段不归我们管",
    "passup": "村里没有这项资金",
    "veto": "还是很滑,没有解决",
}
