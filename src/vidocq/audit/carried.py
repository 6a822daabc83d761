"""An audit that is done, as far as its files and the ledger go, whatever kind of model was audited."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vidocq.dossier.ledger import Ledger
from vidocq.engine.progress import Progress
from vidocq.engine.work import Engine


@dataclass(frozen=True, kw_only=True)
class Means:
    """What an audit is carried out with.

    out    folder of the results.   work  where what is finished is kept until all is.
    title  of the progress.
    """

    ledger: Ledger
    engine: Engine
    out: Path
    work: Path
    progress: Progress | None = None
    title: str = ""


@dataclass(frozen=True, eq=False)
class Carried:
    """content   of audit.json, recorded in the ledger already.
    run        what run.json tells besides what every audit tells.
    write      writes the files, given the content of run.json, and returns them by name.
    indices    content of indices.json; None where none was measured.
    finished   False if something failed that may pass, such as a server: kept answers are then not thrown away.
    """

    content: dict[str, Any]
    run: dict[str, Any]
    write: Callable[[dict[str, Any]], dict[str, Path]]
    indices: dict[str, Any] | None = None
    finished: bool = True
