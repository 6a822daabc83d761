"""How much of a file is held at once, and how much is read at most. Ours, and chosen so that memory stays flat."""

from dataclasses import dataclass

KIB, MIB, GIB = 2**10, 2**20, 2**30


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of the readers.

    shard_bytes     a plain file is cut into parts of so many bytes, which workers share.
    head_bytes      read to recognise a kind of file and an encoding.
    block           code points of a long text given to the detectors at once.
    margin          code points around a block, so that what stands across a cut is found, once; no find is longer.
    record_bytes    of one line of JSON, one row of a table or one cell; a longer one is told and left out.
    document_bytes  of a page or a JSON document, which are read whole.
    ratio           unpacked bytes for one packed byte, beyond `ratio_from` unpacked bytes; more is a bomb.
    unpacked_bytes  of one packed file; what lies beyond is told and not read.
    pdf_*           of one PDF: bytes, pages, code points of text, seconds and memory.
    """

    shard_bytes: int = 8 * MIB
    head_bytes: int = 256 * KIB
    block: int = MIB
    margin: int = 4096
    record_bytes: int = 16 * MIB
    document_bytes: int = 32 * MIB
    ratio: int = 250
    ratio_from: int = 64 * MIB
    unpacked_bytes: int = 64 * GIB
    pdf_bytes: int = 256 * MIB
    pdf_pages: int = 5000
    pdf_text: int = 32 * MIB
    pdf_seconds: float = 60.0
    pdf_memory: int = 2 * GIB
