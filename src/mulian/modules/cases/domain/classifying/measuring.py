"""How good a sorter is: macro F1, accuracy, what it sends by itself and how often rightly, what it mixes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mulian.modules.cases.domain.classifying.branches import branch_of
from mulian.modules.cases.domain.classifying.destinations import Destinations, reaches


@dataclass(frozen=True)
class Answer:
    """One measured text: the right label, the labels offered (best first), how certain, and whether the first is sent.

    `branch`: where the first is not, the topic above it that it is sent to all the same ("": to none). `places`: where
    reports of each topic go: one whose receivers are right is sent rightly.
    """

    label: str
    offered: tuple[str, ...]
    certainty: float
    sure: bool
    branch: str = ""
    places: Destinations = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return bool(self.offered) and self.offered[0] == self.label

    @property
    def sent(self) -> bool:
        return self.sure or bool(self.branch)

    @property
    def said(self) -> str:
        """What it is sent as."""
        return self.offered[0] if self.sure else self.branch

    @property
    def sent_right(self) -> bool:
        """Right as far as it was said, or to the right receivers."""
        return reaches(self.places, self.said, self.label)

    @property
    def sent_exact(self) -> bool:
        """The topic is right as far as it was said."""
        return reaches({}, self.said, self.label)

    @property
    def sent_near(self) -> bool:
        """The topmost topic is right."""
        return branch_of(self.said) == branch_of(self.label)


@dataclass(frozen=True)
class Figures:
    """All shares are 0..1. `sent` is the share sent without a person, `sent_whole` the part of it that went to a topic
    itself (the rest to one above it), `sent_right` how many of those rightly: the topic is right as far as it was said,
    or its receivers are (None: none was sent), `sent_exact` how many with the right topic as far as it was said,
    `sent_near` how many to the right topmost topic (None: none, or labels have no dots); `at_precision` the share that
    could have been sent at the wanted precision, known afterwards; `in_two` how often the right topic is among the two
    likeliest, `asked_in_two` the same of those asked about; `mixed` (right, said, times), most frequent first."""

    rows: int
    accuracy: float
    macro_f1: float
    in_two: float
    sent: float
    sent_right: float | None
    sent_near: float | None
    at_precision: float
    gap: float
    mixed: tuple[tuple[str, str, int], ...]
    sent_whole: float = 1.0
    sent_exact: float | None = None
    asked_in_two: float = 0.0


def measure(answers: Sequence[Answer], precision: float = 0.98) -> Figures:
    """The figures of at least one answer."""
    sent = [each for each in answers if each.sent]
    mixed = Counter(
        (each.label, each.offered[0] if each.offered else "") for each in answers if not each.right
    )
    pairs = sorted(mixed.items(), key=lambda item: (-item[1], item[0]))
    return Figures(
        rows=len(answers),
        accuracy=_share(each.right for each in answers),
        macro_f1=macro_f1([(each.label, each.offered[0] if each.offered else "") for each in answers]),
        in_two=_share(each.label in each.offered[:2] for each in answers),
        sent=len(sent) / len(answers),
        sent_right=_share(each.sent_right for each in sent) if sent else None,
        sent_exact=_share(each.sent_exact for each in sent) if sent else None,
        sent_near=_near(sent) if any("." in each.label for each in answers) else None,
        at_precision=coverage(answers, precision),
        gap=calibration_gap(answers),
        asked_in_two=_share(each.label in each.offered[:2] for each in answers if not each.sent),
        sent_whole=_share(each.sure for each in sent) if sent else 0.0,
        mixed=tuple((right, said, times) for (right, said), times in pairs[:10]),
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean of the labels' F1, over all labels that are right or were said (as scikit-learn does)."""
    right, said, both = (
        Counter(a for a, _ in pairs),
        Counter(b for _, b in pairs),
        Counter(a for a, b in pairs if a == b),
    )
    labels = {label for label in (*right, *said) if label}
    return sum(2 * both[each] / (right[each] + said[each]) for each in labels) / max(len(labels), 1)


def coverage(answers: Sequence[Answer], precision: float) -> float:
    """The largest share of most certain answers of which at least `precision` are right; equals stay together."""
    ordered = sorted(answers, key=lambda each: -each.certainty)
    best = hits = 0
    for number, each in enumerate(ordered, 1):
        hits += each.right
        last = number == len(ordered) or ordered[number].certainty < each.certainty
        if last and hits >= precision * number:
            best = number
    return best / len(answers)


def calibration_gap(answers: Sequence[Answer], bins: int = 10) -> float:
    """The mean distance between certainty and share of right answers (expected calibration error, equal bins)."""
    ordered = sorted(answers, key=lambda each: each.certainty)
    size = max(len(ordered) // bins, 1)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    far = [abs(sum(e.certainty - e.right for e in group)) for group in groups]
    return sum(far) / len(ordered)


def _near(sent: Sequence[Answer]) -> float | None:
    """Receivers are named for a topic or the one above it: often these are right where the topic is not."""
    if not sent:
        return None
    return _share(each.sent_near for each in sent)


def _share(found: Iterable[bool]) -> float:
    counted = list(found)
    return sum(counted) / max(len(counted), 1)
