"""Makes lists of a cell's expression: XPath 1.0's precedence (§3), without paths other than `${name}`, `.` and `..`."""

from __future__ import annotations

from collections.abc import Callable

from mulian.modules.forms.domain.expressions.lexing import NotInSubset, Token, tokens
from mulian.modules.forms.domain.expressions.patterns import check_pattern
from mulian.modules.forms.domain.expressions.tree import ARITY, COMPARISONS, Ast

DEEPEST = 40
"""Brackets within brackets."""
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    COMPARISONS - {"=", "!="},
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
Resolve = Callable[[str], str | None]
"""The path of a name; None: the form has none of that name, or several."""


def parse(text: str, resolve: Resolve, *, in_choices: bool = False) -> Ast:
    """`in_choices`: a plain word is a column of the choices sheet. Raises NotInSubset."""
    parser = _Parser(list(tokens(text)), resolve, in_choices)
    ast = parser.expression()
    parser.expect("end", "")
    return ast


class _Parser:
    def __init__(self, found: list[Token], resolve: Resolve, in_choices: bool) -> None:
        self.tokens, self.at, self.depth = found, 0, 0
        self.resolve, self.in_choices = resolve, in_choices

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def expect(self, kind: str, text: str) -> None:
        if (self.token.kind, self.token.text) != (kind, text):
            raise self.refused(self.token, "end" if kind == "end" else "bracket")
        self.at += 1

    def refused(self, token: Token, advice: str) -> NotInSubset:
        return NotInSubset(token.text, token.at, advice)

    def expression(self, level: int = 0) -> Ast:
        if level == len(LEVELS):
            return self.negative()
        left = self.expression(level + 1)
        while self.token.kind in ("name", "sign") and self.token.text in LEVELS[level]:
            operator = self.take().text
            left = [operator, left, self.expression(level + 1)]
        return left

    def negative(self) -> Ast:
        if (self.token.kind, self.token.text) == ("sign", "-"):
            self.at += 1
            return ["neg", self.negative()]
        return self.deeper(self.primary)

    def deeper(self, inside: Callable[[], Ast]) -> Ast:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused(self.token, "depth")
        ast = inside()
        self.depth -= 1
        return ast

    def primary(self) -> Ast:
        token = self.take()
        match token.kind, token.text:
            case "number", text:
                return ["lit", float(text) if "." in text else int(text)]
            case "text", text:
                return ["lit", text]
            case "reference", name:
                return ["ref", self.path(name, token)]
            case "sign", ".":
                return ["self"]
            case "sign", "(":
                ast = self.expression()
                self.expect("sign", ")")
                return ast
            case "name", _:
                return self.word(token)
        raise self.refused(token, "value")

    def word(self, token: Token) -> Ast:
        if (self.token.kind, self.token.text) == ("sign", "("):
            self.at += 1
            return self.call(token)
        if self.in_choices:
            return ["choice", token.text]
        raise self.refused(token, "name")

    def path(self, name: str, token: Token) -> str:
        path = self.resolve(name)
        if path is None:
            raise self.refused(token, "reference")
        return path

    def call(self, token: Token) -> Ast:
        if token.text == "position":
            return self.position()
        arguments = self.arguments()
        if token.text == "not" and len(arguments) == 1:
            return ["not", *arguments]
        fewest, most = ARITY.get(token.text, (1, 0))
        if not fewest <= len(arguments) <= most:
            raise self.refused(token, "arguments" if token.text in ARITY else "function")
        if token.text == "regex":
            check_pattern(arguments[1], token)
        if token.text == "jr:choice-name":
            arguments[1] = self.named(arguments, token)
        return ["call", token.text, *arguments]

    def named(self, arguments: list[Ast], token: Token) -> Ast:
        """The second argument of jr:choice-name is a question in quotes: it must be the first one's own."""
        question, quoted = arguments
        name = str(quoted[1]).strip(" ${}") if quoted[0] == "lit" else ""
        if question[0] != "ref" or self.resolve(name) != question[1]:
            raise self.refused(token, "choice_name")
        return ["lit", question[1]]

    def position(self) -> Ast:
        self.expect("sign", "..")
        self.expect("sign", ")")
        return ["call", "position"]

    def arguments(self) -> list[Ast]:
        found: list[Ast] = []
        if (self.token.kind, self.token.text) != ("sign", ")"):
            found.append(self.expression())
            while (self.token.kind, self.token.text) == ("sign", ","):
                self.at += 1
                found.append(self.expression())
        self.expect("sign", ")")
        return found
