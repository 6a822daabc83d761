"""What a reader of a web page sees."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from vidocq.targets.texts.encoding import Encoding, tell_guesses, text_of
from vidocq.targets.texts.jsonl import whole
from vidocq.targets.texts.limits import KIB, Limits
from vidocq.targets.texts.opening import Bytes
from vidocq.targets.texts.pieces import Notes, Piece, blocks
from vidocq.targets.texts.plain import require_text
from vidocq.targets.texts.problems import Kind

UNSEEN = frozenset({"script", "style", "template"})
BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
LINKS = frozenset({"a", "area"})
LONGEST_HREF = 2048
FED = 64 * KIB
LONGEST_REST = 16 * KIB
"""At the end the parser tries again from every sign of an unfinished tag: only a short rest is worth that."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "us-ascii": "cp1252",
}
_REACHING = re.compile(r"\s*(?:mailto|tel|sms|callto|xmpp|sip):([^?]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\n\f\v]*|[ \t\r\f\v]+")


def read_html(stream: Bytes, *, limits: Limits, notes: Notes) -> Iterator[Piece]:
    """The text between the tags, scripts and styles left out; spaces run together, a line for each block.

    The address or number that a link writes to or calls is seen too, after the link, where its text does not show it.
    Neither comments nor other attributes are seen, nor what a script would write, and what a style hides is not known.
    A tag or script that does not end hides the rest of the page: that is told. Raises Unreadable if it is no text.
    """
    data = whole(stream, limits)
    encoding = _encoding(data, limits)
    page = _Page()
    text = text_of(data[encoding.mark :], encoding, notes)
    del data
    start = 0
    while start < len(text):
        fed = max(FED, len(page.rawdata))  # a tag that goes on is read again at each feed: twice as much, then
        page.feed(text[start : start + fed])
        start += fed
    if len(page.rawdata) <= LONGEST_REST:
        page.close()
    else:
        notes.tell(Kind.DAMAGED)
    seen = page.text()
    yield from blocks([seen], block=limits.block, margin=limits.margin, notes=notes)
    tell_guesses(notes)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._seen: list[str] = []
        self._unseen = 0
        self._link: tuple[int, str] | None = None  # where its text begins in `_seen`, and whom it reaches

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in BREAKING:
            self._seen.append("\n")
        elif tag in LINKS:
            self._end_link()
            reached = reached_by(next((value for name, value in attrs if name == "href" and value), ""))
            self._link = (len(self._seen), reached) if reached and not self._unseen else None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKING:
            self._seen.append("\n")
        elif tag in LINKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BREAKING:
            self._seen.append("\n")
        elif tag in LINKS:
            self._end_link()

    def _end_link(self) -> None:
        if self._link is not None:
            begin, reached = self._link
            if reached not in "".join(self._seen[begin:]):
                self._seen.append(f" {reached} ")
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._seen.append(_SPACE.sub(" ", data))

    def text(self) -> str:
        self._end_link()
        whole = "".join(self._seen)
        return _SPACE.sub(lambda found: "\n" if "\n" in found.group() else " ", whole).strip()


def reached_by(href: str) -> str:
    """The address or number of a link that writes or calls; empty for any other link."""
    found = _REACHING.match(href[:LONGEST_HREF])
    return "" if found is None else " ".join(unquote(found.group(1)).split())


def _encoding(data: bytes, limits: Limits) -> Encoding:
    found = require_text(data[: limits.head_bytes])
    declared = _CHARSET.search(data[:2048])
    if found.mark or declared is None or not found.one_byte_ends:
        return found
    return Encoding(_DECLARED.get(declared.group(1).decode("ascii", "replace").lower(), found.name))
