"""One fact: its type, the plain question that asks for it in both languages, and nothing assumed."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from vidocq.core.text import Text


class Stated(BaseModel):
    """A group of facts. Unknown keys are refused: a misspelt fact must not pass for a missing one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


def asked(fr: str, en: str, **limits: Any) -> Any:
    """A fact that is missing (None) until somebody states it. `limits` are pydantic's, such as ge=0."""
    return Field(default=None, json_schema_extra={"fr": fr, "en": en}, **limits)


def question(field: FieldInfo) -> Text:
    """The question that asks for this fact."""
    words = field.json_schema_extra
    if not isinstance(words, dict):
        raise TypeError("a fact without a question")
    return Text(fr=str(words["fr"]), en=str(words["en"]))
