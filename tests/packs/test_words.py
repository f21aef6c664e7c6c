"""Sentences as a liaison says them: the word lists find the topic, and everyday talk raises no alarm.

The sentences are ours. They show that the lists work on whole sentences, not how often they are right outside.
"""

from __future__ import annotations

import pytest

from mulian.core.packs import load
from mulian.modules.cases.domain.hazards import judge
from mulian.modules.cases.pack import rules_of

RULES = rules_of(load("gande"))
SAID = (
    ("桥板断了好几块，牛过河掉下去了", "road.bridge"),
    ("山上下来的石头把路堵了", "road.blocked"),
    ("路上全是冰，摩托车摔了两次", "road.ice"),
    ("去县城没有班车，老人看病不方便", "road.transport"),
    ("村里三天没水了", "water.supply"),
    ("井里抽不上水，水泵坏了", "water.well"),
    ("家里的水是黄的，喝了肚子疼", "water.quality"),
    ("昨晚开始没电，冰柜里的肉都坏了", "power.cut"),
    ("电线杆倒在路上，线还带电", "power.wire"),
    ("冬窝子没有电，想装太阳能板", "power.solar"),
    ("夏季草场打不通电话，没有信号", "signal"),
    ("三头牦牛不吃草还拉稀", "herd.sick"),
    ("羊羔冻死了二十多只", "herd.death"),
    ("昨天晚上丢了五头牦牛，找了一天没找到", "herd.lost"),
    ("今年草料不够，想买一些干草", "herd.forage"),
    ("狼昨晚咬死了七只羊", "herd.wildlife"),
    ("什么时候来打疫苗", "herd.vaccine"),
    ("羊棚的顶被风刮跑了", "herd.shed"),
    ("牛卖不出去，价格太低", "herd.sale"),
    ("牦牛死了保险怎么赔", "herd.insurance"),
    ("邻居家的牛总是跑到我们草场", "dispute.pasture"),
    ("网围栏被雪压倒了", "pasture.fence"),
    ("草场上鼠兔太多，草都没了", "pasture.rodents"),
    ("草补今年还没有打到卡上", "pasture.subsidy"),
    ("有人在草场上挖沙", "pasture.digging"),
    ("雪下了两天，帐篷快压塌了", "disaster.snow"),
    ("河水涨得很快，快到帐篷了", "disaster.flood"),
    ("草山着火了", "disaster.fire"),
    ("后面的山滑下来了", "disaster.slide"),
    ("刚才地震了，墙上有裂缝", "disaster.quake"),
    ("老人早上出去放牧到现在没有回来", "disaster.person"),
    ("孩子从马上摔下来，胳膊骨折了", "disaster.accident"),
    ("需要帐篷和棉被", "disaster.relief"),
    ("村里十几个孩子都发烧", "health.outbreak"),
    ("媳妇快要生了，救护车能不能来", "health.emergency"),
    ("卫生室没有感冒药", "health.clinic"),
    ("在西宁住院的费用怎么报", "health.insurance"),
    ("孩子六岁了想上小学", "school.place"),
    ("大学生学费有没有补助", "school.aid"),
    ("教室漏雨", "school.building"),
    ("阿妈六十岁了怎么领养老金", "social.pension"),
    ("低保这个月没有发", "social.low_income"),
    ("腿不好，想要一个轮椅", "social.disability"),
    ("老人一个人住，没人照顾", "social.elder"),
    ("家里着实困难，没钱看病", "social.relief"),
    ("想找个工作，修路也行", "work.job"),
    ("老板欠我们三个月工资", "work.wages"),
    ("想学开挖掘机", "work.training"),
    ("想贷款买牛", "work.loan"),
    ("房子的墙裂了很大的缝", "house.damage"),
    ("暖气不热", "house.heating"),
    ("想翻修房子，有没有补助", "house.new"),
    ("垃圾堆在路边没人拉", "town.rubbish"),
    ("下水道堵了，臭得很", "town.drain"),
    ("路灯坏了半个月", "town.light"),
    ("流浪狗太多，孩子不敢上学", "town.dogs"),
    ("身份证丢了怎么补", "papers.identity"),
    ("驾照快过期了", "papers.driving"),
    ("社保卡激活不了", "papers.card"),
    ("草原证上的面积不对", "papers.grassland"),
    ("两家因为草场边界吵起来了", "dispute.pasture"),
    ("他欠我牛款两年不还", "dispute.trade"),
    ("请派人来调解", "dispute.mediation"),
    ("商店卖过期的奶粉", "market.fake"),
    ("电视收不到台", "culture.broadcast"),
    ("建议村里修一个篮球场", "voice.suggestion"),
    ("奶奶想要一台收音机，算个微心愿", "voice.wish"),
    ("村干部办事不公，我要投诉", "voice.complaint"),
    ("谢谢你们帮我们修好了路", "voice.thanks"),
    ("今年养老政策怎么规定的", "voice.policy"),
    ("ལམ་ཆད་སོང", "road.blocked"),
    ("གློག་ཆད་ནས་ཉིན་གསུམ", "power.cut"),
    ("ཆུ་ཆད་པ་རེད", "water.supply"),
    ("ནོར་བོར་སོང", "herd.lost"),
    ("སྤྱང་ཀིས་ལུག་བསད", "herd.wildlife"),
    ("ཁ་བ་ཆེན་པོ་བབས་པས", "disaster.snow"),
    ("ཆུ་ལོག་བྱུང", "disaster.flood"),
    ("རྩྭ་ཆག་དགོས", "herd.forage"),
    ("སྨན་པ་དགོས", "health.emergency"),
)


@pytest.mark.parametrize(("text", "topic"), SAID)
def test_a_sentence_finds_its_topic(text: str, topic: str) -> None:
    suggestion = RULES.lexicon.suggest(text)
    assert suggestion is not None
    assert suggestion.topic == topic


@pytest.mark.parametrize("text", ["今天天气很好", "孩子们都好", "ཁམས་བཟང་"])
def test_small_talk_finds_none(text: str) -> None:
    assert RULES.lexicon.suggest(text) is None


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("草场着火了，火势很大", "fire"),
        ("发洪水了，水进屋了", "flood"),
        ("老人摔下来骨折了", "injury"),
        ("孩子走丢了，一夜没回", "lost_person"),
        ("房子塌了，人压在下面", "collapse"),
        ("电线断在路上，漏电", "live_wire"),
        ("下大雪，有人被困", "lost_person"),
        ("མེ་སྐྱོན་བྱུང", "fire"),
    ],
)
def test_a_sentence_about_danger_is_urgent_by_itself(text: str, hazard: str) -> None:
    urgency = judge(RULES.hazards, text=text)
    assert (urgency.urgent, urgency.hazard) == (True, hazard)


@pytest.mark.parametrize("hazard", ["snow", "dispute", "road", "lost_herd"])
def test_a_picture_of_danger_is_urgent_only_when_somebody_is_in_danger(hazard: str) -> None:
    assert not judge(RULES.hazards, hazard=hazard, text="今天下了一点").urgent
    assert judge(RULES.hazards, hazard=hazard, text="有人受伤流血").urgent


@pytest.mark.parametrize(
    "text",
    [
        "去村委会找不到人",
        "想装太阳能，拉电线要多少钱",
        "部门电话联系不上",
        "牛走丢了两头",
        "昨天下了暴雨",
        "羊棚塌了一半",
        "养老金没有到账",
        "雪下了两天",
        "两家吵架了",
    ],
)
def test_everyday_talk_is_not_urgent(text: str) -> None:
    assert not judge(RULES.hazards, text=text).urgent
