"""Documents and figures, in French and English."""

from vidocq.report.comparison import comparison_summary, render_comparison
from vidocq.report.headline import bound_sentence, headline
from vidocq.report.html import notebook_html, render_audit
from vidocq.report.remedies import Remedy, remedies
from vidocq.report.scan import render_scan, scan_summary
from vidocq.report.terminal import summary

__all__ = [
    "Remedy",
    "bound_sentence",
    "comparison_summary",
    "headline",
    "notebook_html",
    "remedies",
    "render_audit",
    "render_comparison",
    "render_scan",
    "scan_summary",
    "summary",
]
