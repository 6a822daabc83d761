"""Bytes into text: the encoding is recognised from the first bytes, and what is not of it is read as Windows-1252.

Nothing is dropped, so that every offset counts: a byte that is no UTF-8 becomes the letter that Windows-1252 has for
it, and is counted. UTF-16 and UTF-32 that break become U+FFFD, and are told.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vidocq.targets.texts.limits import MIB
from vidocq.targets.texts.opening import Bytes
from vidocq.targets.texts.pieces import Notes
from vidocq.targets.texts.problems import Kind

CHUNK = MIB
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = 0.3
_ODD_CONTROLS = 0.02


@dataclass(frozen=True)
class Encoding:
    """name  of Python's codec.   mark  bytes of the byte order mark, which is no part of the text."""

    name: str
    mark: int = 0

    @property
    def one_byte_ends(self) -> bool:
        """Whether a line ends where the byte 10 is, and only there."""
        return self.name in {"utf-8", "cp1252"}


def recognised(head: bytes) -> Encoding | None:
    """The encoding of a text that begins so; None if it is no text.

    Without a byte order mark: UTF-16 and UTF-32 show by where their zero bytes stand; then UTF-8, unless hardly any
    letter beyond ASCII is valid: that is Windows-1252, which holds Latin-1's letters.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    if b"\0" in head and (wide := _wide(head)) is not None:
        return Encoding(wide)
    if _is_binary(head):
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character may be cut at its end
    except UnicodeDecodeError:
        pass
    else:
        return Encoding("utf-8")
    text = head.decode("utf-8", "surrogateescape")
    invalid = len(_ESCAPED.findall(text[:-3]))
    valid = len(_BEYOND_ASCII.findall(text)) - len(_ESCAPED.findall(text))
    return Encoding("cp1252" if invalid > 10 * valid else "utf-8")


def decoded(stream: Bytes, encoding: Encoding, notes: Notes, *, first: bytes = b"") -> Iterator[str]:
    """The text in chunks.

    first  bytes read already, the mark left out.
    """
    decoder = decoder_of(encoding)
    data = first or stream.read(CHUNK)
    while data:
        yield mended(decoder.decode(data), encoding, notes)
        data = stream.read(CHUNK)
    yield mended(decoder.decode(b"", final=True), encoding, notes)


def decoder_of(encoding: Encoding) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding.name)("surrogateescape" if encoding.one_byte_ends else "replace")


def text_of(data: bytes, encoding: Encoding, notes: Notes) -> str:
    """All the bytes at once."""
    return mended(decoder_of(encoding).decode(data, final=True), encoding, notes)


def mended(text: str, encoding: Encoding, notes: Notes) -> str:
    """The text without the marks that the decoder left for bytes it could not read; they are counted in the notes."""
    notes.encoding = encoding.name
    if not encoding.one_byte_ends:
        notes.guessed += text.count("\ufffd")
        return text
    if has_lone_surrogates(text):
        text, count = _ESCAPED.subn(_western, text)
        notes.guessed += count
    return text


def has_lone_surrogates(text: str) -> bool:
    """Does half a pair of surrogates stand alone in the text? UTF-16 tells four times sooner than UTF-8."""
    if text.isascii():
        return False
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return True
    return False


def tell_guesses(notes: Notes) -> None:
    """Adds the problem that guessed bytes are, once the part is read."""
    if notes.guessed and notes.encoding is not None:
        mixed = Encoding(notes.encoding).one_byte_ends
        notes.tell(Kind.MIXED_ENCODING if mixed else Kind.BROKEN_ENCODING)


def _western(found: re.Match[str]) -> str:
    byte = bytes([ord(found.group()) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def _wide(head: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark: where the zero bytes of ordinary letters stand."""
    quarters = [head[i::4] for i in range(4)]
    zeros = [quarter.count(0) / max(1, len(quarter)) for quarter in quarters]
    if min(zeros[1:]) > 1 - _WIDE and zeros[0] < _WIDE:
        return "utf-32-le"
    if min(zeros[:3]) > 1 - _WIDE and zeros[3] < _WIDE:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > _WIDE and even < _WIDE / 3:
        return "utf-16-le"
    if even > _WIDE and odd < _WIDE / 3:
        return "utf-16-be"
    return None


def _is_binary(head: bytes) -> bool:
    controls = head.translate(None, bytes(range(9, 14)) + b"\x1b" + bytes(range(32, 127)) + bytes(range(128, 256)))
    return len(controls) > _ODD_CONTROLS * len(head)
