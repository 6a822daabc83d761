"""The list of checks of the file, and the evidence they make each time that it is assessed."""

from typing import Final

from vidocq.core.registry import Registry
from vidocq.dossier.evidence import Piece
from vidocq.dossier.file_checks.anonymity_pieces import AnonymityPieces
from vidocq.dossier.file_checks.article_9 import ArticleNine
from vidocq.dossier.file_checks.article_10 import ArticleTen
from vidocq.dossier.file_checks.card import File, FileCheck, Found
from vidocq.dossier.file_checks.compatibility import CompatibilityTest
from vidocq.dossier.file_checks.decision_to_test import DecisionToTest
from vidocq.dossier.file_checks.departures import DeparturesReasoned
from vidocq.dossier.file_checks.dpia_criteria import DpiaCriteria
from vidocq.dossier.file_checks.dpia_fresh import DpiaFresh
from vidocq.dossier.file_checks.dpia_screening import DpiaScreening
from vidocq.dossier.file_checks.dpo_opinion import DpoOpinion
from vidocq.dossier.file_checks.exemption import ExemptionOpen
from vidocq.dossier.file_checks.interest import InterestAssessed
from vidocq.dossier.file_checks.legal_basis import LegalBasisDate
from vidocq.dossier.file_checks.lineage import Lineage
from vidocq.dossier.file_checks.made_to_output import MadeToOutput
from vidocq.dossier.file_checks.notice_date import NoticeDate
from vidocq.dossier.file_checks.notice_interval import NoticeInterval
from vidocq.dossier.file_checks.processor_clauses import ProcessorClauses
from vidocq.dossier.file_checks.purpose import PurposeDate
from vidocq.dossier.file_checks.report_of_test import ReportOfTest
from vidocq.dossier.file_checks.representative import RepresentativeNamed
from vidocq.dossier.file_checks.retention import RetentionSet
from vidocq.dossier.file_checks.retention_over import RetentionOver
from vidocq.dossier.file_checks.review_due import ReviewDue
from vidocq.dossier.file_checks.roles import RolesSettled
from vidocq.dossier.file_checks.stated_data import StatedData
from vidocq.dossier.file_checks.status_analysis import StatusAnalysis
from vidocq.dossier.file_checks.system_use import SystemUse
from vidocq.dossier.file_checks.threshold import ThresholdRegistered
from vidocq.dossier.file_checks.transfers import TransfersFramed

FILE_CHECKS: Final[Registry[FileCheck]] = Registry(
    [
        StatedData,
        DeparturesReasoned,
        PurposeDate,
        RolesSettled,
        ProcessorClauses,
        TransfersFramed,
        RepresentativeNamed,
        LegalBasisDate,
        ArticleNine,
        ArticleTen,
        CompatibilityTest,
        InterestAssessed,
        DpiaScreening,
        DpiaCriteria,
        DpiaFresh,
        DpoOpinion,
        RetentionSet,
        RetentionOver,
        Lineage,
        NoticeDate,
        NoticeInterval,
        ExemptionOpen,
        StatusAnalysis,
        MadeToOutput,
        DecisionToTest,
        ThresholdRegistered,
        ReportOfTest,
        AnonymityPieces,
        SystemUse,
        ReviewDue,
    ]
)


def pieces_of_file(file: File) -> tuple[Piece, ...]:
    """What every check finds today, as evidence. It follows from the file, so no ledger records it; nothing is stale."""
    return tuple(_piece(kind.card.id, found) for kind in FILE_CHECKS for found in kind().look(file))


def _piece(name: str, found: Found) -> Piece:
    return Piece(
        measurement=name,
        subject=found.subject,
        scope="",
        status=found.status,
        figures={**found.figures, "reason": found.reason.to_dict()},
    )
