"""Values of items: checked against the catalogue, kept as one number or one word.

A count as it is, a number (two decimals) in hundredths, yes or no as 1 or 0, a date as 20261122, a choice as its
code, a text as itself. Neither number nor word: it was said that it is no longer known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mulian.modules.households.domain.catalogue import Item, Type

TEXT_LENGTH = 60
HUNDRED = 100
Value = str | int | float | bool | None


class NotAValue(ValueError):
    """What was said does not fit the item."""


@dataclass(frozen=True)
class Kept:
    """A value as it is stored; both empty: not known (any more)."""

    amount: int | None = None
    word: str = ""

    @property
    def known(self) -> bool:
        return self.amount is not None or bool(self.word)


def kept(item: Item, value: Value) -> Kept:
    """The stored form of what a person or a phone said. Raises NotAValue."""
    if value is None or value == "":
        return Kept()
    match item.type:
        case Type.YES_NO:
            return Kept(int(_yes_no(value)))
        case Type.COUNT | Type.NUMBER:
            return Kept(_number(item, value))
        case Type.DATE:
            return Kept(_day(value))
        case Type.CHOICE:
            return Kept(word=_choice(item, value))
        case Type.TEXT:
            return Kept(word=_text(value))


def said(item: Item, amount: int | None, word: str) -> Value:
    """The value as phones and programs read it; a choice as its code, a date as YYYY-MM-DD, None: not known."""
    if item.type in (Type.CHOICE, Type.TEXT):
        return word or None
    if amount is None:
        return None
    match item.type:
        case Type.YES_NO:
            return bool(amount)
        case Type.NUMBER:
            whole, rest = divmod(amount, HUNDRED)
            return amount / HUNDRED if rest else whole
        case Type.DATE:
            return f"{amount // 10000:04d}-{amount // 100 % 100:02d}-{amount % 100:02d}"
    return amount


def _yes_no(value: Value) -> bool:
    named = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    found = value if isinstance(value, bool) else named.get(str(value).strip().lower())
    if found is None:
        raise NotAValue(value)
    return found


def _number(item: Item, value: Value) -> int:
    if isinstance(value, bool):
        raise NotAValue(value)
    try:
        number = Decimal(str(value).strip())
        steps = number * (HUNDRED if item.type == Type.NUMBER else 1)
        if not 0 <= number <= item.most or steps != steps.to_integral_value():
            raise NotAValue(value)
    except InvalidOperation:
        raise NotAValue(value) from None
    return int(steps)


def _day(value: Value) -> int:
    try:
        day = date.fromisoformat(str(value).strip())
    except ValueError:
        raise NotAValue(value) from None
    return day.year * 10000 + day.month * 100 + day.day


def _choice(item: Item, value: Value) -> str:
    if value not in item.choices:
        raise NotAValue(value)
    return str(value)


def _text(value: Value) -> str:
    text = " ".join(str(value).split())
    if len(text) > TEXT_LENGTH:
        raise NotAValue(value)
    return text
