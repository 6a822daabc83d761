"""The files of an audit, each whole or absent."""

import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vidocq.audit.language.perform import LanguagePerformed
from vidocq.audit.perform import Performed, save_signals
from vidocq.audit.persons.exposure import exposure_table
from vidocq.audit.result import scores_notes, scores_table
from vidocq.audit.schema import require_valid, require_valid_comparison, require_valid_scan
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang
from vidocq.report import render_audit, render_comparison, render_scan

AUDIT, RUN, SCORES, SIGNALS = "audit.json", "run.json", "scores.parquet", "signals.npz"
COMPARISON = "compare.json"
SCAN, SPANS = "scan.json", "spans.jsonl"
EXPOSURE = "exposure.parquet"
PERSONAL = (SCORES, SIGNALS, EXPOSURE)
RETENTION = timedelta(days=90)
"""Ours, for want of a figure in law: long enough to replay an audit, short enough to be remembered."""


def audit_bytes(content: dict[str, Any]) -> bytes:
    """The bytes of audit.json: the same for the same result. Raises VidocqError if it breaks its schema."""
    require_valid(content)
    return _json(content)


def write_outputs(out: Path, performed: Performed, run: dict[str, Any]) -> dict[str, Path]:
    """Writes everything into `out`, audit.json last: where it stands, the others stand too."""
    audit = _cleared(out, performed.content)
    columns = scores_table(performed.examination, performed.population)
    notes = scores_notes(performed.examination, performed.population)
    write_atomic(out / SCORES, _parquet(columns, notes, run), mode=0o600)
    save_signals(out / SIGNALS, performed)
    found = performed.examination.exposure
    if found is not None:
        write_atomic(out / EXPOSURE, _parquet(exposure_table(found), {}, run), mode=0o600)
    else:
        (out / EXPOSURE).unlink(missing_ok=True)
    return {SCORES: out / SCORES, SIGNALS: out / SIGNALS} | _told(out, performed.content, run, audit)


def write_language_outputs(out: Path, performed: LanguagePerformed, run: dict[str, Any]) -> dict[str, Path]:
    """The same for a language model: scores where there were members, and no saved answers of references."""
    audit = _cleared(out, performed.content)
    files = {}
    if performed.population is not None:
        columns = scores_table(performed.examination, performed.population)
        notes = scores_notes(performed.examination, performed.population)
        write_atomic(out / SCORES, _parquet(columns, notes, run), mode=0o600)
        files[SCORES] = out / SCORES
    else:
        (out / SCORES).unlink(missing_ok=True)
    return files | _told(out, performed.content, run, audit)


def _cleared(out: Path, content: dict[str, Any]) -> bytes:
    """The bytes of audit.json; another result is taken away, that it may not stand beside what is written now."""
    audit = audit_bytes(content)
    earlier = out / AUDIT
    if earlier.is_file() and earlier.read_bytes() != audit:
        earlier.unlink()
    return audit


def _told(out: Path, content: dict[str, Any], run: dict[str, Any], audit: bytes) -> dict[str, Path]:
    for lang in Lang:
        page = render_audit(content, run, lang=lang)
        write_atomic(out / f"report.{lang}.html", page.encode("utf-8"))
    write_atomic(out / RUN, _json(run))
    write_atomic(out / AUDIT, audit)
    return {name: out / name for name in (AUDIT, RUN, "report.fr.html", "report.en.html")}


def comparison_bytes(content: dict[str, Any]) -> bytes:
    """The bytes of compare.json: the same for the same two audits. Raises VidocqError if it breaks its schema."""
    require_valid_comparison(content)
    return _json(content)


def write_comparison(out: Path, content: dict[str, Any]) -> None:
    """Writes compare.json and its two pages into `out`; none of them holds personal data."""
    for lang in Lang:
        write_atomic(out / f"compare.{lang}.html", render_comparison(content, lang=lang).encode("utf-8"))
    write_atomic(out / COMPARISON, comparison_bytes(content))


def scan_bytes(content: dict[str, Any]) -> bytes:
    """The bytes of scan.json: the same for the same files. Raises VidocqError if it breaks its schema."""
    require_valid_scan(content)
    return _json(content)


def write_scan(out: Path, content: dict[str, Any], run: dict[str, Any]) -> dict[str, Path]:
    """Writes what goes with spans.jsonl, which is there already; scan.json last: where it stands, all stand."""
    told = scan_bytes(content)
    for lang in Lang:
        write_atomic(out / f"report.{lang}.html", render_scan(content, run, lang=lang).encode("utf-8"))
    write_atomic(out / RUN, _json(run))
    write_atomic(out / SCAN, told)
    return {name: out / name for name in (SCAN, SPANS, RUN, "report.fr.html", "report.en.html")}


def retention(finished: str, names: Sequence[str] = PERSONAL) -> dict[str, Any]:
    """Which files are personal data, and when they should go."""
    return {"files": list(names), "delete_after": (date.fromisoformat(finished[:10]) + RETENTION).isoformat()}


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def _parquet(columns: dict[str, Any], notes: dict[str, str], run: dict[str, Any]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use
    import pyarrow.parquet as pq  # noqa: PLC0415

    noted = {"delete_after": run["retention"]["delete_after"], **notes}
    table = pa.table(columns).replace_schema_metadata(noted)
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()
