"""What the commands of `vidocq dossier` share: the ledger's URL, and TOML that is read before anything is written."""

import contextlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from vidocq.cli.output import fail
from vidocq.cli.toml_lines import line_of
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang

URL: Final = "sqlite:///dossier.db"
_LARGEST: Final = 16 * 2**20

DossierOption = Annotated[str, typer.Option("--dossier", help="SQLAlchemy URL of the ledger.")]
AtOption = Annotated[
    str | None, typer.Option("--at", help="The file as it was on this date (2026-11-25), or at this time, in UTC.")
]
RoleOption = Annotated[str, typer.Option("--role", help="Role of who says so, such as DPO; never a name.")]
NameOption = Annotated[
    str, typer.Option("--name", help="Name of who says so; kept aside, where it can be erased, never in the chain.")
]


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. ConfigurationError, which never quotes it, if it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigurationError(
                "the file is too large for facts",
                where=path.name,
                fix="state facts, not data",
                fr="le fichier est trop gros pour des faits",
                fix_fr="déclarez des faits, non des données",
            )
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"the file cannot be read ({type(error).__name__})",
            where=path.name,
            fix="check its path and rights",
            fr="le fichier ne peut pas être lu",
            fix_fr="vérifiez son chemin et vos droits",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f":{line[1]}" if line else ""
        raise ConfigurationError(
            "the file is not TOML",
            where=f"{path.name}{place}",
            fix="write one with `vidocq dossier init --template FILE`, and go from there",
            fr="le fichier n'est pas du TOML",
            fix_fr="écrivez-en un avec « vidocq dossier init --template FICHIER », et partez de là",
        ) from None


@contextlib.contextmanager
def pointing_at(path: Path | None) -> Iterator[None]:
    """What does not fit in the facts of this file is told with its line."""
    try:
        yield
    except ConfigurationError as error:
        line = None if path is None else line_of(error.where, path.read_text(encoding="utf-8"))
        if path is None or line is None:
            raise
        raise ConfigurationError(
            error.what, where=f"{path.name}:{line}, {error.where}", fix=error.fix, fr=error.fr, fix_fr=error.fix_fr
        ) from None


def write_or_fail(path: Path | None, data: bytes, lang: Lang = Lang.en) -> int:
    """Writes the file, if one is wanted; 0, or the exit code after saying that it could not be written."""
    if path is None:
        return 0
    try:
        write_atomic(path, data)
    except OSError as error:
        kind = type(error).__name__
        return fail(
            DataError(
                f"a file cannot be written ({kind})",
                where=path.name,
                fix="choose another folder",
                fr="un fichier ne peut pas être écrit",
                fix_fr="choisissez un autre dossier",
            ),
            3,
            lang,
        )
    return 0
