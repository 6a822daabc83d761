"""Which parts of a text stand word for word in a corpus: an index on disk."""

from vidocq.measure.overlap.building import build
from vidocq.measure.overlap.index import Overlap, OverlapIndex, Run
from vidocq.measure.overlap.layout import SHORTEST

__all__ = ["SHORTEST", "Overlap", "OverlapIndex", "Run", "build"]
