"""The condition under which a point applies: a small language, parsed once, that can say true, false or not known.

    datasets.personal_data and not (system.operational_use == "single")
    datasets.origins has ("public_dataset", "third_party") or rule.dpia == "required"
    some actors (actors.is_us and actors.is_public_body)

`always`; `and`, `or`, `not`, parentheses; a yes-or-no fact alone; `==` and `in` on a fact with fixed words or on a rule;
`has` on a fact that lists words; `>=` on a number; `past` on a date; `outside EEA` on countries. A path through a list
means "for any of its items"; `some LIST (…)` asks it of one and the same item. Everything is checked when it is read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vidocq.core.errors import ReferentialError
from vidocq.dossier.referential.paths import is_list, leaf

MAX_LENGTH: Final = 600
MAX_DEPTH: Final = 12
EEA: Final = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
        "IS",
        "LI",
        "NO",
    ]
)
WORDS: Final = frozenset({"always", "and", "or", "not", "some", "in", "has", "past", "outside", "EEA"})
TOKEN: Final = re.compile(r'\s*(?:(>=|==|[(),])|"([^"\\]*)"|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_.\-]*))')


@dataclass(frozen=True)
class Always:
    pass


@dataclass(frozen=True)
class Not:
    inner: "Expression"


@dataclass(frozen=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Some:
    """True of one and the same item of a list."""

    list: str
    inner: "Expression"


@dataclass(frozen=True)
class Yes:
    path: str


@dataclass(frozen=True)
class Among:
    """The fact, or one of the words that it lists, is one of `words`."""

    path: str
    words: frozenset[str]


@dataclass(frozen=True)
class AtLeast:
    path: str
    number: float


@dataclass(frozen=True)
class Past:
    path: str


@dataclass(frozen=True)
class OutsideEea:
    path: str


@dataclass(frozen=True)
class Decides:
    """A rule answers one of `values`."""

    rule: str
    values: frozenset[str]


Expression = Always | Not | All | AnyOf | Some | Yes | Among | AtLeast | Past | OutsideEea | Decides


def parse(text: str, *, rules: Mapping[str, frozenset[str]], where: str) -> Expression:
    """The expression that `text` spells.

    rules   values that each rule can return.   where  the point and its file, for the error.
    Raises  ReferentialError on what is not in the language, an unknown fact, word or rule, or an operator that the
            fact does not take.
    """
    if len(text) > MAX_LENGTH:
        raise _error(f"a condition longer than {MAX_LENGTH} characters", where)
    reader = _Reader(_tokens(text, where), rules, where)
    found = reader.any_of(0)
    if reader.peek() is not None:
        raise _error(f"'{reader.peek()}' comes after the end of the condition", where)
    return found


def _error(what: str, where: str) -> ReferentialError:
    return ReferentialError(
        what, where=where, fix="see the language at the head of dossier/referential/expression.py"
    )


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str

    def __str__(self) -> str:
        return self.text


def _tokens(text: str, where: str) -> list[_Token]:
    found, place = [], 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None:
            raise _error(f"a character that means nothing at place {place}", where)
        sign, word, number, name = match.groups()
        kind = "sign" if sign else "literal" if word is not None else "number" if number else "name"
        found.append(_Token(sign or word or number or name or "", kind))
        place = match.end()
    return found


class _Reader:
    """Recursive descent, one method a level of binding."""

    def __init__(self, tokens: list[_Token], rules: Mapping[str, frozenset[str]], where: str) -> None:
        self.tokens = tokens
        self.rules = rules
        self.where = where
        self.place = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def takes(self, *texts: str) -> str | None:
        """The next token if it is one of these words or signs."""
        token = self.peek()
        if token is None or token.kind not in {"sign", "name"} or token.text not in texts:
            return None
        self.place += 1
        return token.text

    def expect(self, kind: str) -> str:
        token = self.peek()
        if token is None or token.kind != kind:
            raise _error(f"a {kind} was expected, not '{token or 'the end'}'", self.where)
        self.place += 1
        return token.text

    def closes(self) -> None:
        if self.takes(")") is None:
            raise _error("a parenthesis is not closed", self.where)

    def any_of(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise _error(f"more than {MAX_DEPTH} levels", self.where)
        parts = [self.all_of(depth)]
        while self.takes("or"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def all_of(self, depth: int) -> Expression:
        parts = [self.single(depth)]
        while self.takes("and"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def single(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise _error(f"more than {MAX_DEPTH} levels", self.where)
        if self.takes("not"):
            return Not(self.single(depth + 1))
        if self.takes("("):
            found = self.any_of(depth + 1)
            self.closes()
            return found
        if self.takes("always"):
            return Always()
        if self.takes("some"):
            name = self.expect("name")
            if not is_list(name) or self.takes("(") is None:
                raise _error(f"'some {name}' needs a list of the facts and a parenthesis", self.where)
            inner = self.any_of(depth + 1)
            self.closes()
            return Some(name, inner)
        return self.atom()

    def atom(self) -> Expression:
        name = self.expect("name")
        if name in WORDS:
            raise _error(f"'{name}' stands where a fact was expected", self.where)
        return self.of_rule(name.removeprefix("rule.")) if name.startswith("rule.") else self.of_fact(name)

    def of_rule(self, rule: str) -> Decides:
        if rule not in self.rules:
            raise _error(f"there is no rule '{rule}'", self.where)
        return Decides(rule, self.among(f"rule.{rule}", self.rules[rule], "==", "in"))

    def of_fact(self, path: str) -> Expression:
        try:
            ends = leaf(path)
        except ValueError as error:
            raise _error(str(error), self.where) from None
        match ends.kind:
            case "yes or no":
                return Yes(path)
            case "one word":
                return Among(path, self.among(path, ends.words, "==", "in"))
            case "number" if self.takes(">="):
                return AtLeast(path, float(self.expect("number")))
            case "date" if self.takes("past"):
                return Past(path)
            case "text" | "several words" if ends.words is None and self.takes("outside"):
                if self.takes("EEA") is None:
                    raise _error("'outside' is followed by EEA", self.where)
                return OutsideEea(path)
            case "several words":
                return Among(path, self.among(path, ends.words, "has"))
        raise _error(f"'{path}' is a {ends.kind}: this operator does not fit it", self.where)

    def among(self, path: str, allowed: frozenset[str] | None, *operators: str) -> frozenset[str]:
        operator = self.takes(*operators)
        if operator is None:
            raise _error(f"'{path}' takes {' or '.join(operators)}", self.where)
        words = self.literals(several=operator != "==")
        unknown = words - allowed if allowed is not None else frozenset()
        if unknown:
            raise _error(f"'{path}' never is {', '.join(sorted(unknown))}", self.where)
        return words

    def literals(self, *, several: bool) -> frozenset[str]:
        if not (several and self.takes("(")):
            return frozenset({self.expect("literal")})
        words = {self.expect("literal")}
        while self.takes(","):
            words.add(self.expect("literal"))
        self.closes()
        return frozenset(words)
