"""Passwords and keys: by the marks their issuers give them, or announced and drawn at random."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

MARKED = re.compile(
    r"(?<![0-9A-Za-z_\-])(?:(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])"
    r"|gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{22,255}|glpat-[0-9A-Za-z_\-]{20,64}"
    r"|xox[abeoprs]-[0-9A-Za-z\-]{10,250}|AIza[0-9A-Za-z_\-]{35}|ya29\.[0-9A-Za-z_\-]{20,250}"
    r"|[rs]k_(?:live|test)_[0-9A-Za-z]{16,250}|whsec_[0-9A-Za-z]{24,250}|sk-(?:ant-|proj-)?[0-9A-Za-z_\-]{20,200}"
    r"|hf_[0-9A-Za-z]{30,64}|npm_[0-9A-Za-z]{36}|pypi-[0-9A-Za-z_\-]{50,250}|SG\.[0-9A-Za-z_\-]{16,32}\.[0-9A-Za-z_\-]{32,64})"
)
TOKEN = re.compile(r"(?<![0-9A-Za-z_\-])eyJ[0-9A-Za-z_\-]{8,2000}\.eyJ[0-9A-Za-z_\-]{4,4000}\.[0-9A-Za-z_\-]{8,1000}")
TOKEN_BEGINS = re.compile(r"(?<![0-9A-Za-z_\-])eyJ[0-9A-Za-z_\-]{8}")
HOOK = re.compile(r"https://hooks\.slack\.com/services/[0-9A-Za-z]{6,16}/[0-9A-Za-z]{6,16}/[0-9A-Za-z]{16,40}")
BLOCK = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
BLOCK_END = re.compile(r"-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
LONGEST_BLOCK = 16384
ANNOUNCED = re.compile(
    r"(?i:(?<![^\W_])(?:mots? de passe|mdp|passw(?:or)?d|passwd|pwd|passphrase|phrase secr[èe]te|secrets?|api[ _\-]?keys?"
    r"|access[ _\-]?keys?|cl[ée]s? (?:d'acc[èe]s|api|secr[èe]te)|(?:auth|access|refresh|bearer)?[ _\-]?tokens?|jetons?|bearer"
    r"|private[ _\-]?key|client[ _\-]?secret))(?P<more>[\w \-]{0,24}?)[\"'`]?"
    r"(?P<link> ?(?::=|=>|:|=) ?| (?i:est|is|sera|was|[ée]tait) (?: ?: ?)?| )(?P<quote>[\"'`«“]? ?)(?P<value>[^\s\"'`«»“”,;<>]{6,128})"
)
NOT_ONE = re.compile(
    r"[*xX•.\-_#?]{4,128}|\$\{?[\w.]{1,64}\}?.{0,64}|<.{1,64}|\{\{?.{1,64}|%.{1,64}|(?i:null|none|true|false|undefined|string|os\.environ.*"
    r"|process\.env.*|getenv.*|changeme|example|your.*|votre.*|required|oubli[ée].*|incorrect|expir[ée].*|https?:.*|.*\(.*\).*)"
)
STRONG, WEAK = 2.4, 3.2  # bits a character: after a sign, and after a word


@dataclass(frozen=True, kw_only=True)
class Secret:
    """Keys with a known mark, private keys, and what follows “password”."""

    card: ClassVar = DetectorCard(
        id="secret",
        category=Category.SECRET,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Mot de passe ou clé secrète", en="Password or secret key"),
        source="Formats publiés par AWS, GitHub, GitLab, Slack, Google, Stripe ; RFC 7519, RFC 7468",
        limits=Text(
            fr="Un mot de passe qui est un mot de la langue n'est relevé qu'après un signe (« mot de passe : »).",
            en="A password that is a plain word is found only after a sign (“password:”).",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|AIza|ya29\.|k_live_|k_test_|whsec_|sk-[0-9A-Za-z]|hf_[0-9A-Za-z]|npm_"
        r"|pypi-|SG\.|eyJ|hooks\.slack|PRIVATE KEY|(?i:secret)s?[\"'` ]{0,2}[:=]"
        r"|(?i:mots? de passe|mdp|passw|pwd|passphrase|phrase secr|client.secret|api[ _\-]?key|access[ _\-]?key"
        r"|cl(?:e|é)s? (?:d'acc|api|secr)|token|jeton|bearer|private[ _\-]?key)"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for pattern in (MARKED, HOOK):
            for match in text.finditer(pattern):
                yield self.card.at(text, *match.span(), score=0.97)
        for begins in text.finditer(TOKEN_BEGINS):
            if token := TOKEN.match(text.text, begins.start()):
                yield self.card.at(text, *token.span(), score=0.97)
        for match in text.finditer(BLOCK):
            closed = BLOCK_END.search(text.text, match.end(), match.end() + LONGEST_BLOCK)
            yield self.card.at(text, match.start(), closed.end() if closed else match.end(), score=0.99)
        for match in text.finditer(ANNOUNCED):
            start, end = match.span("value")
            end -= len(match["value"]) - len(match["value"].rstrip(".!?)]}"))
            if not NOT_ONE.fullmatch(match["value"]) and _is_drawn(
                text.text[start:end], announced_by=match["link"].strip()
            ):
                yield self.card.at(text, start, end, score=0.8)


def _is_drawn(value: str, *, announced_by: str) -> bool:
    """True for what looks drawn: after a sign, any value that is no stand-in; after a word, only mixed kinds of signs."""
    if len(value) < 6 or NOT_ONE.fullmatch(value):
        return False
    kinds = sum(any(is_one(c) for c in value) for is_one in (str.islower, str.isupper, str.isdigit, _is_sign))
    if announced_by in {":", "=", ":=", "=>"}:
        return bits(value) >= STRONG and kinds >= 2
    return bits(value) >= WEAK - 0.6 and kinds >= 3


def bits(value: str) -> float:
    """Shannon entropy of the characters of a non-empty value, in bits a character."""
    n = len(value)
    return -sum(k / n * math.log2(k / n) for k in Counter(value).values())


def _is_sign(character: str) -> bool:
    return not character.isalnum()
