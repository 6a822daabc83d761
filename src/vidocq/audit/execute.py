"""An audit from its configuration to its files; the boundary that lets no failure leave something half-done."""

import contextlib
import os
import shutil
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.audit.carried import Carried, Means
from vidocq.audit.configuration import Configuration
from vidocq.audit.indices import (
    INDICES_FILE,
)
from vidocq.audit.language.carry import audit_language
from vidocq.audit.language.subject import LanguageSubject, load_language_subject
from vidocq.audit.of_tables import audit_tables
from vidocq.audit.outputs import AUDIT, audit_bytes
from vidocq.audit.subject import Subject, load_subject
from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import ConfigurationError, DataError, MissingExtra, VidocqError
from vidocq.core.files import sweep_temporaries, write_atomic
from vidocq.core.status import AuditVerdict
from vidocq.dossier.file.records import require_known_records
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.engine.progress import Progress
from vidocq.engine.work import Engine

WORK = ".vidocq-work"
CLEAN, FINDINGS, WRONG_USAGE, NOT_MEASURED, OUR_BUG = 0, 1, 2, 3, 70
EXIT = {
    AuditVerdict.NO_LEAK_ABOVE_BOUND: CLEAN,
    AuditVerdict.LEAK_SHOWN: FINDINGS,
    AuditVerdict.INCONCLUSIVE: NOT_MEASURED,
}


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of an audit: its result and files, or the error that stopped it, and the exit code either way.

    run  the content of run.json; None where there is no result.
    """

    exit_code: int
    content: dict[str, Any] | None = None
    files: dict[str, Path] = field(default_factory=dict)
    error: VidocqError | None = None
    run: dict[str, Any] | None = None


def run_audit(
    configuration: Configuration,
    out: Path,
    *,
    command: str,
    trust_pickle: bool = False,
    progress: Progress | None = None,
    title: str = "",
) -> Outcome:
    """Audits what the configuration names and writes the files into `out`.

    A run stopped at any point goes on where it was when it is started again, and ends with the same audit.json.
    Every failure ends as an Outcome; only KeyboardInterrupt passes. Folders made for nothing do not stay.
    """
    made = _absent_folders(out / WORK)
    try:
        return _run_audit(
            configuration, out, command=command, trust_pickle=trust_pickle, progress=progress, title=title
        )
    finally:
        for folder in made:
            with contextlib.suppress(OSError):  # not empty, or never made: then it stays as it is
                folder.rmdir()


def _run_audit(
    configuration: Configuration,
    out: Path,
    *,
    command: str,
    trust_pickle: bool,
    progress: Progress | None,
    title: str,
) -> Outcome:
    try:
        subject: Subject | LanguageSubject
        if configuration.is_language:
            subject = load_language_subject(configuration)
        else:
            subject = load_subject(configuration, trust_pickle=trust_pickle)
        engine = configuration.engine.made()
        engine.check()
        _require_folder(out)
        ledger = _opened(ledger_url(configuration))
    except VidocqError as error:
        return Outcome(WRONG_USAGE, error=error)
    except Exception as error:  # noqa: BLE001 - a boundary: what was caught is told
        return Outcome(OUR_BUG, error=bug(error))
    started = moment.now()
    try:
        with ledger:
            sweep_temporaries(out)
            means = Means(ledger=ledger, engine=engine, out=out, work=out / WORK, progress=progress, title=title)
            if isinstance(subject, LanguageSubject):
                carried = audit_language(subject, configuration, means)
            else:
                carried = audit_tables(subject, configuration, means)
            report = ledger.verify()
            run = _run(engine, carried, started=started, command=command)
            run["ledger"] = {"length": report.length, "head": report.head}
            run["audit_json"] = sha256(audit_bytes(carried.content))
            files = {}
            if carried.indices is not None:
                write_atomic(out / INDICES_FILE, canonical_bytes(carried.indices))
                files[INDICES_FILE] = out / INDICES_FILE
            files |= carried.write(run)
            if carried.finished:
                shutil.rmtree(out / WORK, ignore_errors=True)
    except (ConfigurationError, DataError, MissingExtra) as error:
        return Outcome(WRONG_USAGE, error=error)
    except VidocqError as error:
        return Outcome(NOT_MEASURED, error=error)
    except OSError as error:
        return Outcome(
            NOT_MEASURED,
            error=DataError(
                f"the files cannot be written ({type(error).__name__})",
                where=str(out),
                fix="give a folder you can write to, with space left; finished work is kept",
            ),
        )
    except Exception as error:  # noqa: BLE001 - a boundary: what was caught is told
        return Outcome(OUR_BUG, error=bug(error))
    return Outcome(exit_of(carried.content), carried.content, files, run=run)


def exit_of(content: dict[str, Any]) -> int:
    """A leak shown at any scope wins over what is open."""
    found = {EXIT[AuditVerdict(verdict["verdict"])] for verdict in content["verdicts"]}
    return next(code for code in (FINDINGS, NOT_MEASURED, CLEAN) if code in found)


def _opened(url: str) -> Ledger:
    """The ledger, if it holds nothing that a newer version wrote: an audit would add to it."""
    ledger = Ledger.open(require_kept(url))
    try:
        require_known_records(ledger)
    except VidocqError:
        ledger.close()
        raise
    return ledger


def _absent_folders(folder: Path) -> list[Path]:
    """This folder and those above it that are not there yet, innermost first."""
    return [place for place in (folder, *folder.parents) if not place.exists()]


def _require_folder(out: Path) -> None:
    """Raises ConfigurationError if nothing could be written there, before any work starts."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"the folder of the results cannot be made ({type(error).__name__})",
            where=str(out),
            fix="choose a folder you can write to",
        ) from None


def ledger_url(configuration: Configuration) -> str:
    """A relative SQLite path is relative to the configuration, like every path in it."""
    url = configuration.dossier.url
    prefix = "sqlite:///"
    name = url.removeprefix(prefix)
    if url.startswith(prefix) and name and name != ":memory:" and not Path(name).is_absolute():
        return f"{prefix}{(configuration.base / name).resolve()}"
    return url


def _run(engine: Engine, carried: Carried, *, started: str, command: str) -> dict[str, Any]:
    return {
        "schema": "vidocq.run/1",
        "started": started,
        "finished": moment.now(),
        "engine": engine.described(),
        "workers": engine.count,
        "machine": {"cpus": os.cpu_count()},
        "command": command,
        "result": AUDIT,
        **carried.run,
    }


def bug(error: Exception) -> VidocqError:
    """Where it happened; the message is withheld, for it may quote personal values."""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if "vidocq" in f.filename), frames[-1])
    return VidocqError(
        f"Vidocq stopped on an error of its own: {type(error).__name__}",
        where=f"{Path(last.filename).name}:{last.lineno} ({last.name})",
        fix="please report that place; the data was left as it was",
    )
