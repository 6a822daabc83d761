"""The whole configuration, as a TOML file or as keywords."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError, model_validator

from vidocq.audit.configuration.access import AccessSection
from vidocq.audit.configuration.data import DataSection
from vidocq.audit.configuration.dossier import DossierSection
from vidocq.audit.configuration.engine import EngineSection
from vidocq.audit.configuration.language import LanguageSection
from vidocq.audit.configuration.model import LANGUAGE, ModelSection
from vidocq.audit.configuration.plan import PlanSection
from vidocq.audit.configuration.section import Section
from vidocq.core.errors import ConfigurationError

LARGEST_FILE = 1 << 20
NOT_YET = ("synthetic",)


class Configuration(Section):
    """The whole configuration. Relative paths are relative to `base`."""

    model: ModelSection
    data: DataSection
    access: AccessSection = AccessSection()
    plan: PlanSection = PlanSection()
    language: LanguageSection = LanguageSection()
    engine: EngineSection = EngineSection()
    dossier: DossierSection = DossierSection()
    base: Path = Path()

    @property
    def is_language(self) -> bool:
        """Whether the model reads and writes text."""
        return self.model.kind in LANGUAGE

    @model_validator(mode="after")
    def _of_one_kind(self) -> "Configuration":
        """What belongs to tables is refused for texts, and the other way round."""
        data, served = self.data, self.access.outputs
        if self.is_language:
            _refuse(data, ("label", "sensitive", "quasi", "panels", "trace"), "belong to tables, not to texts")
            asked = "outputs" in self.access.model_fields_set
            if asked and served not in ("logprobs", "text"):
                raise ValueError("a language model serves outputs = 'logprobs' or 'text'")
            if self.access.model_fields_set - {"outputs"}:
                raise ValueError("[access] of a language model holds outputs alone")
            asked_about = (data.members, self.language.persons, self.language.documents, self.language.canaries)
            if not any([*asked_about, self.language.corpus]):
                raise ValueError("give [data] members and non_members, or persons, documents, canaries or a corpus")
            return self
        _refuse(data, ("text", "date"), "belong to language models")
        if self.language.model_fields_set:
            raise ValueError("[language] belongs to language models")
        if served in ("logprobs", "text"):
            raise ValueError(f"outputs = '{served}' belongs to language models")
        if data.members is None or data.label is None:
            raise ValueError("data.members, data.non_members and data.label are needed")
        return self

    def path(self, name: str) -> Path:
        return self.base / name


def _refuse(data: DataSection, names: tuple[str, ...], why: str) -> None:
    given = [name for name in names if name in data.model_fields_set]
    if given:
        raise ValueError(f"{', '.join(given)} {why}")


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
            fix="use one of the kinds listed in docs/configuration.md",
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
