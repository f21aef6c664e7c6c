"""What a recording is of: the words of a label, without its holes and marks."""

from __future__ import annotations

import pytest

from mulian.modules.phrases.domain.words import pieces, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ཉར་ཚགས།", "ཉར་ཚགས"),
        ("གནས་ཚུལ་ཡོད། ཡང་བསྐྱར་མཐུད་རོགས་", "གནས་ཚུལ་ཡོད། ཡང་བསྐྱར་མཐུད་རོགས"),
        ("  保存。 ", "保存"),
        ("没有网络，  请稍等", "没有网络， 请稍等"),
        ("3", "3"),
        ("།།", ""),
    ],
)
def test_words_in_one_form(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("{n} 条待发送", ["条待发送"]),
        ("{y}ལོའི་ཟླ་{m}ཚེས་{d}", ["ལོའི་ཟླ", "ཚེས"]),
        ("ས་གནས་རྙེད། སྨི་{n}", ["ས་གནས་རྙེད། སྨི"]),
        ("{y}-{m}-{d}", []),
        ("", []),
    ],
)
def test_what_never_changes_in_a_label(label: str, found: list[str]) -> None:
    assert pieces(label) == found
