"""A scan from paths to files; the boundary that lets no failure leave something half-done."""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.audit.execute import NOT_MEASURED, OUR_BUG, WORK, WRONG_USAGE, bug
from vidocq.audit.fail_on import Concern, concerns_of_scan, exit_code
from vidocq.audit.outputs import SCAN, SPANS, retention, scan_bytes, write_scan
from vidocq.audit.scan.content import scan_content
from vidocq.audit.scan.evidence import pieces_of_scan
from vidocq.audit.scan.merging import merge
from vidocq.audit.scan.options import Options
from vidocq.audit.scan.planning import batches
from vidocq.audit.scan.running import searched
from vidocq.audit.scan.searching import Finder
from vidocq.audit.scan.sources import masked
from vidocq.core import moment
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.files import stream_atomic, sweep_temporaries
from vidocq.detect.find import find_each
from vidocq.detect.recurring import KEY_BYTES, Recurring
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.dossier.recording import record
from vidocq.engine.local import Local
from vidocq.engine.progress import Progress, Silent
from vidocq.engine.store import Store
from vidocq.targets.texts.limits import MIB
from vidocq.targets.texts.places import Found, find_files

ALONE = 4 * MIB
"""Less than this is read sooner than worker processes start."""
FAIL_ON = frozenset({Concern.FOUND, Concern.NOT_MEASURED})


@dataclass(frozen=True, eq=False)
class Scanned:
    """What came of a scan: its result and files, or the error that stopped it, and the exit code either way."""

    exit_code: int
    content: dict[str, Any] | None = None
    files: dict[str, Path] = field(default_factory=dict)
    error: VidocqError | None = None


def run_scan(
    paths: Sequence[Path],
    out: Path,
    *,
    options: Options | None = None,
    command: str = "",
    find: Finder = find_each,
    fail_on: frozenset[Concern] = FAIL_ON,
    dossier: str | None = None,
    dataset: str | None = None,
    progress: Progress | None = None,
    title: str = "",
) -> Scanned:
    """Searches every file under the paths, and writes scan.json, spans.jsonl, run.json and two reports into `out`.

    dossier, dataset  URL of the ledger that evidence is recorded in, and the id that the data set bears there.
    A run stopped at any point goes on where it was when it is started again, and ends with the same bytes, whatever
    the number of workers. Every failure ends as a Scanned; only KeyboardInterrupt passes.
    """
    options = options or Options()
    try:
        _require_folder(out)
        if dossier is not None:
            Ledger.open(require_kept(dossier)).close()  # before any work: a ledger that cannot be used stops the scan
        found = masked(find_files(paths, include=options.include, exclude=options.exclude, apart=out), find=find_each)
    except VidocqError as error:
        return Scanned(WRONG_USAGE, error=error)
    except Exception as error:  # noqa: BLE001 - a boundary: what was caught is told
        return Scanned(OUR_BUG, error=bug(error))
    started, clock = moment.now(), moment.seconds()
    try:
        content, workers = _scan(found, out, options, find=find, progress=progress or Silent(), title=title)
        told = scan_bytes(content)
        finished = moment.now()
        run = {
            "schema": "vidocq.run/1",
            "started": started,
            "finished": finished,
            "seconds": {"total": round(moment.seconds() - clock, 2)},
            "workers": workers,
            "machine": {"cpus": os.cpu_count()},
            "command": command,
            "retention": retention(finished, (SPANS,)),
            "scan_json": sha256(told),
            "result": SCAN,
        }
        files = write_scan(out, content, run)
        if dossier is not None:
            about = "" if dataset is None else f"datasets.{dataset}"
            only = found.files[0] if len(found.files) == 1 and not found.unread else None
            with Ledger.open(dossier) as ledger:
                record(ledger, pieces_of_scan(content, subject=about, only=only))
        shutil.rmtree(out / WORK, ignore_errors=True)
    except ConfigurationError as error:
        return Scanned(WRONG_USAGE, error=error)
    except VidocqError as error:
        return Scanned(NOT_MEASURED, error=error)
    except OSError as error:
        return Scanned(
            NOT_MEASURED,
            error=DataError(
                f"the files cannot be written ({type(error).__name__})",
                where=str(out),
                fix="give a folder you can write to, with space left; finished work is kept",
            ),
        )
    except Exception as error:  # noqa: BLE001 - a boundary: what was caught is told
        return Scanned(OUR_BUG, error=bug(error))
    return Scanned(exit_code(concerns_of_scan(content), fail_on), content, files)


def _scan(
    found: Found, out: Path, options: Options, *, find: Finder, progress: Progress, title: str
) -> tuple[dict[str, Any], int]:
    """The content of scan.json, with spans.jsonl written, and the number of workers."""
    (out / SCAN).unlink(missing_ok=True)  # an earlier result must not stand beside the places of this one
    sweep_temporaries(out)
    small = sum(file.size for file in found.files) < ALONE
    engine = Local(1 if small and options.workers is None else options.workers)
    key = options.key or secrets.token_bytes(KEY_BYTES)
    work = list(batches(found.files, limits=options.limits))
    with stream_atomic(out / SPANS, mode=0o600) as spans, Recurring() as recurring:
        parts = searched(
            work,
            find=find,
            options=options,
            engine=engine,
            key=key,
            store=Store(out / WORK),
            progress=progress,
            title=title,
        )
        merged = merge(parts, spans=spans, recurring=recurring, key=key)
        counted = recurring.counted()
    return scan_content(merged, found, options=options, recurring=counted), engine.count


def _require_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"the folder of the results cannot be made ({type(error).__name__})",
            where=str(out),
            fix="choose a folder you can write to",
        ) from None
