"""Addresses as Cloudflare hides them in pages: hexadecimal, each byte combined with the first one by exclusive or."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_RUN = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[ :,-]?[0-9A-Fa-f]{2}){6,200}(?![0-9A-Fa-f])")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}(?:\?.{0,100})?")
_PAIR = re.compile("[0-9A-Fa-f]{2}")


def unhidden(text: str) -> View | None:
    """Each such run as the address that it hides; whatever else a run may be, it does not come out as one by chance."""
    return replaced("cloudflare", text, _addresses(text))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(text):
        key, *rest = (int(pair, 16) for pair in _PAIR.findall(run[0]))
        said = bytes(byte ^ key for byte in rest).decode("latin-1")
        if _ADDRESS.fullmatch(said) is not None:
            yield run.start(), run.end(), said
