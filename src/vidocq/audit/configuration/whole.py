"""The whole configuration, as a TOML file or as keywords."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vidocq.audit.configuration.access import AccessSection
from vidocq.audit.configuration.data import DataSection
from vidocq.audit.configuration.dossier import DossierSection
from vidocq.audit.configuration.engine import EngineSection
from vidocq.audit.configuration.model import ModelSection
from vidocq.audit.configuration.plan import PlanSection
from vidocq.audit.configuration.section import Section
from vidocq.core.errors import ConfigurationError

LARGEST_FILE = 1 << 20
NOT_YET = ("huggingface", "openai", "synthetic")


class Configuration(Section):
    """The whole configuration. Relative paths are relative to `base`."""

    model: ModelSection
    data: DataSection
    access: AccessSection = AccessSection()
    plan: PlanSection = PlanSection()
    engine: EngineSection = EngineSection()
    dossier: DossierSection = DossierSection()
    base: Path = Path()

    def path(self, name: str) -> Path:
        return self.base / name


def read_configuration(path: Path, *, seed: int | None = None) -> Configuration:
    """Reads a TOML file; `seed` replaces the one written there. Raises ConfigurationError, before any work starts, if anything in it is not understood."""
    where = path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigurationError("the configuration is larger than 1 MiB", where=where, fix="check the path")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise ConfigurationError(
            f"the configuration cannot be read ({type(reason).__name__})", where=where, fix="check the path"
        ) from None
    except tomllib.TOMLDecodeError as reason:
        raise ConfigurationError(f"this is not valid TOML: {reason}", where=where, fix="correct that line") from None
    if seed is not None and isinstance(content.get("plan", {}), dict):
        content["plan"] = {**content.get("plan", {}), "seed": seed}
    return configure(content, base=path.parent, where=where)


def configure(content: dict[str, Any], *, base: Path, where: str) -> Configuration:
    """Checks plain content. Messages name the key, never its value."""
    kind = content.get("model", {}).get("kind") if isinstance(content.get("model"), dict) else None
    if kind in NOT_YET:
        raise ConfigurationError(
            f"models of kind '{kind}' are not audited by this version",
            where=f"{where}, [model] kind",
            fix="use sklearn, callable (any Python function that trains it) or recorded (saved outputs)",
        )
    try:
        return Configuration.model_validate({**content, "base": base})
    except ValidationError as invalid:
        problems = [
            f"{'.'.join(str(p) for p in error['loc']) or 'configuration'}: {error['msg'].removeprefix('Value error, ')}"
            for error in invalid.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            "; ".join(problems), where=where, fix="the keys and their values are listed in docs/configuration.md"
        ) from None
