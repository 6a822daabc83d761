"""The audit as a SARIF 2.1.0 log, for code-scanning pages: a result for each verdict, direct evidence and absence."""

from typing import Any

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.headline import headline_of
from vidocq.report.reading import Audit, absences, reasons_of, said, verdict_key
from vidocq.report.sarif_parts import sarif_document, sarif_result
from vidocq.report.words.verdicts import VERDICTS

_LEVELS = {
    AuditVerdict.LEAK_SHOWN: "error",
    AuditVerdict.INCONCLUSIVE: "warning",
    AuditVerdict.NO_LEAK_ABOVE_BOUND: "note",
}
_ABSENT = Text(fr="Demandé mais non mesuré", en="Asked for but not measured")
_DIRECT = Text(
    fr="Preuve directe : données d'entraînement dans le modèle, ou restituées",
    en="Direct evidence: training data held in the model, or given back",
)


def sarif_log(audit: Audit, *, uri: str, lang: Lang) -> dict[str, Any]:
    """uri  the configuration that was audited, relative to the repository: SARIF wants a place for each result."""
    results = []
    for verdict in audit["verdicts"]:
        found = AuditVerdict(verdict["verdict"])
        told = " ".join([headline_of(audit)["found"].to(lang), *reasons_of(verdict, audit, lang)])
        results.append(sarif_result(f"vidocq/{found.value}", _LEVELS[found], told, uri, key=verdict_key(verdict)))
    for result in audit.get("results") or []:
        if result.get("direct"):
            told = f"{_DIRECT.to(lang)} ({said(result['quantity'], lang)})"
            results.append(sarif_result("vidocq/direct-evidence", "error", told, uri, key=result["id"]))
    for absent in absences(audit):
        told = f"{absent.title.to(lang)}: {absent.reason.to(lang)}"
        key = absent.id if absent.alpha is None else f"{absent.id}@{absent.alpha}"
        results.append(sarif_result("vidocq/not-measured", "note", told, uri, key=key))
    rules = {f"vidocq/{verdict.value}": VERDICTS[verdict] for verdict in AuditVerdict}
    rules |= {"vidocq/direct-evidence": _DIRECT, "vidocq/not-measured": _ABSENT}
    version = str((audit.get("versions") or {}).get("vidocq", ""))
    return sarif_document(results, {name: text.to(lang) for name, text in rules.items()}, version=version)
