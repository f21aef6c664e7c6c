"""A pack's own words as texts whose topic is known before anybody reported anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.domain.topics import Topics


def hints(topics: Topics, labels: Collection[str] | None = None) -> list[Row]:
    """Each word and title of a topic once, in the languages of its words.

    `labels` (None: all topics) are those of a table: words go to the topic, or to the nearest above it that is one of
    them; what has none is left out.
    """
    return list(dict.fromkeys(_hints(topics, labels)))


def _hints(topics: Topics, labels: Collection[str] | None) -> Iterator[Row]:
    for code, topic in topics.by_code.items():
        line = topics.ancestors(code)
        label = code if labels is None else next((each for each in line if each in labels), None)
        if label is None:
            continue
        for language, words in topic.words.items():
            title = (topic.name[language],) if language in topic.name else ()
            yield from (Row(word, label) for word in (*title, *words))
