"""On which device reference models are trained: settled once, before anything is named or asked."""

from dataclasses import replace

from vidocq.audit.subject import Subject
from vidocq.core.protocols import PlacedRecipe, Recipe
from vidocq.engine.work import Elsewhere, Engine


def placed(subject: Subject, engine: Engine) -> Subject:
    """The same subject, whose recipe trains on one kind of device, wherever the engine has it work.

    Raises ConfigurationError if a GPU is asked for, and none is there for whoever does the work.
    """
    if not isinstance(subject.recipe, PlacedRecipe):
        return subject
    sees_gpu = engine.sees_gpu if isinstance(engine, Elsewhere) else None
    return replace(subject, recipe=subject.recipe.placed(sees_gpu=sees_gpu))


def device_of(recipe: Recipe | None) -> str | None:
    """ "cpu" or "cuda" for a recipe that was placed; None for one that runs where any code does."""
    return recipe.device if isinstance(recipe, PlacedRecipe) else None
