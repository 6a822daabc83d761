"""Vidocq attacks models to learn what they remember of people, and keeps the file that proves it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vidocq.core import version as _version

__version__ = _version.VERSION

if TYPE_CHECKING:
    from vidocq.audit.api import audit as audit
    from vidocq.audit.language.canaries.draw import draw_text_canaries as draw_text_canaries
    from vidocq.audit.language.canaries.gradient import check_text_canaries as check_text_canaries
    from vidocq.audit.language.canaries.insert import insert_text_canaries as insert_text_canaries
    from vidocq.audit.language.canaries.measure import audit_text_canaries as audit_text_canaries
    from vidocq.audit.language.canaries.register import load_text_draw as load_text_draw
    from vidocq.audit.one_run import draw_canaries as draw_canaries
    from vidocq.audit.one_run import one_run as one_run
    from vidocq.engine.ray import Ray as Ray
    from vidocq.filters.guard import Guard as Guard
    from vidocq.filters.policy import read_policy as read_policy
    from vidocq.targets.language.fine_tuning import FineTuning as FineTuning
    from vidocq.targets.language.fine_tuning import Lora as Lora
    from vidocq.targets.language.loading import load_language_model as load_language_model
    from vidocq.targets.language.training import Course as Course
    from vidocq.targets.networks.recipe import TorchRecipe as TorchRecipe
    from vidocq.targets.networks.training import Training as Training
    from vidocq.targets.served.endpoint import Endpoint as Endpoint
    from vidocq.targets.served.endpoint import Price as Price
    from vidocq.targets.served.http import HttpModel as HttpModel
    from vidocq.targets.served.mapping import HttpMapping as HttpMapping
    from vidocq.targets.served.meter import TokenPrice as TokenPrice
    from vidocq.targets.served.openai import OpenAiModel as OpenAiModel
    from vidocq.targets.served.openai_scorer import OpenAiScorer as OpenAiScorer
    from vidocq.targets.served.openai_terms import OpenAiTerms as OpenAiTerms
    from vidocq.targets.trace import LossTrace as LossTrace

_PUBLIC = {"audit": "vidocq.audit"}
_HELD = {
    "audit_text_canaries": "vidocq.audit.language.canaries.measure",
    "check_text_canaries": "vidocq.audit.language.canaries.gradient",
    "draw_canaries": "vidocq.audit.one_run",
    "draw_text_canaries": "vidocq.audit.language.canaries.draw",
    "insert_text_canaries": "vidocq.audit.language.canaries.insert",
    "load_text_draw": "vidocq.audit.language.canaries.register",
    "one_run": "vidocq.audit.one_run",
    "load_language_model": "vidocq.targets.language.loading",
    "Course": "vidocq.targets.language.training",
    "Endpoint": "vidocq.targets.served.endpoint",
    "FineTuning": "vidocq.targets.language.fine_tuning",
    "read_policy": "vidocq.filters.policy",
    "Guard": "vidocq.filters.guard",
    "HttpMapping": "vidocq.targets.served.mapping",
    "HttpModel": "vidocq.targets.served.http",
    "Lora": "vidocq.targets.language.fine_tuning",
    "LossTrace": "vidocq.targets.trace",
    "OpenAiModel": "vidocq.targets.served.openai",
    "OpenAiScorer": "vidocq.targets.served.openai_scorer",
    "OpenAiTerms": "vidocq.targets.served.openai_terms",
    "Price": "vidocq.targets.served.endpoint",
    "Ray": "vidocq.engine.ray",
    "TokenPrice": "vidocq.targets.served.meter",
    "TorchRecipe": "vidocq.targets.networks.recipe",
    "Training": "vidocq.targets.networks.training",
}


def __getattr__(name: str) -> Any:
    """Rooms are imported on use: `import vidocq` stays quick."""
    if name in _PUBLIC:
        return import_module(_PUBLIC[name])
    if name in _HELD:
        return getattr(import_module(_HELD[name]), name)
    raise AttributeError(f"module 'vidocq' has no attribute '{name}'")
