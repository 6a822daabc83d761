"""Bytes that were compressed, laid open as far as one may go: gzip, zlib, deflate alone, xz."""

import lzma
import zlib

_MEMORY = 1 << 24
"""Bytes that laying open may take."""
_OF_ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")


def laid_open(raw: bytes, most: int) -> bytes:
    """At most so many bytes of what was compressed; what was not is given back.

    bzip2 is left: even its smallest bomb takes a whole block, which is a thousand times as long.
    """
    try:
        if raw[:3] == b"\x1f\x8b\x08" or raw[:2] in _OF_ZLIB:
            return zlib.decompressobj(wbits=47).decompress(raw, most)
        if raw[:6] == b"\xfd7zXZ\x00":
            return lzma.LZMADecompressor(memlimit=_MEMORY).decompress(raw, most)
        if raw and raw[0] & 7 in (3, 5) and not raw.isascii():  # the first block is the last one
            bare = zlib.decompressobj(wbits=-15)
            said = bare.decompress(raw, most)
            return said if (bare.eof and not bare.unused_data) or len(said) >= most else raw
    except (zlib.error, EOFError, lzma.LZMAError):
        pass
    return raw
