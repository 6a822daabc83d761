"""Text in binary: bytes, seven bits, halves of bytes, digits of four bits, or numbers without zeros before them."""

import re
from collections.abc import Callable

from vidocq.filters.views.codings import packed

_GAP = r"(?:[ \t]?[,;|/.\-_·]?[ \t]?(?:\r?\n[ \t>*-]{0,4})?)"
_SHORT = r"(?:0b|\\b)?[01]{4,8}(?![0-9])"
ROW = re.compile(
    rf"(?<![\w.,])(?:[01]{{8}}){{6,2048}}(?![01])|(?<![\w.,])[\"'(\[]?{_SHORT}(?:[\"']?{_GAP}[\"']?(?<![01]){_SHORT}){{5,2048}}+"
)
_BITS = re.compile("[01]{4,}")


def decode(row: str, readable: Callable[[bytes], str | None]) -> str | None:
    """What the row says in the first way that says something."""
    found = _BITS.findall(row)
    if len(found) == 1:
        found = [row[at : at + 8] for at in range(0, len(row), 8)]
    sizes = {len(each) for each in found}
    values = [int(each, 2) for each in found]
    if sizes == {8}:
        return readable(bytes(values))
    if sizes == {4}:
        pairs = bytes(16 * high + low for high, low in zip(values[::2], values[1::2], strict=False))
        said = packed.text_of(pairs) if len(values) % 2 == 0 else None
        return said or ("".join(map(str, values)) if max(values) < 10 and len(values) > 9 else None)
    return packed.text_of(bytes(values)) if min(sizes) > 5 else None
