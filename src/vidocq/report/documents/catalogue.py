"""The documents that can be drawn up, by name."""

from collections.abc import Callable, Mapping
from typing import Final

from vidocq.dossier.assessment.assessment import Assessment
from vidocq.report.documents.checklist import checklist
from vidocq.report.documents.model_status import status_analysis
from vidocq.report.documents.synthesis import synthesis
from vidocq.report.documents.tree import Document

DOCUMENTS: Final[Mapping[str, Callable[[Assessment], Document]]] = {
    "synthesis": synthesis,
    "model-status": status_analysis,
    "checklist": checklist,
}
