"""Answers of a predictive model, made coarser: rounded, cut to the likeliest classes, or to their label."""

from typing import Any

from vidocq.filters.policy import PredictionsSection


def coarser(content: Any, section: PredictionsSection) -> Any:
    """The answer with every object of classes and probabilities, and every list of numbers, as the policy has it.

    An object {class: number}, or a list of [{"label": class, "score": number}] whatever the fields are called, keeps its `top_k` likeliest classes; with labels_only its likeliest class alone is told. A
    list of numbers that sum to one keeps its place: the least likely become 0. Any other number is rounded.
    """
    if isinstance(content, dict):
        return _table(content, section)
    if isinstance(content, list):
        if len(content) > 1 and all(_is_share(each) for each in content) and abs(sum(content) - 1) < 1e-2:
            return _list(content, section)
        score = _score_of(content)
        if score is not None:
            return _ranked(content, score, section)
        return [coarser(each, section) for each in content]
    if isinstance(content, float):
        return None if section.labels_only else _rounded(content, section)
    return content


def _table(content: dict[str, Any], section: PredictionsSection) -> Any:
    values = list(content.values())
    if len(values) > 1 and all(_is_share(each) for each in values) and abs(sum(values) - 1) < 1e-2:
        ranked = sorted(content, key=lambda name: -content[name])
        if section.labels_only:
            return {ranked[0]: None}
        kept = ranked[: section.top_k]
        return {name: _rounded(content[name], section) for name in content if name in kept}
    return {name: coarser(each, section) for name, each in content.items()}


def _list(content: list[float], section: PredictionsSection) -> list[float]:
    ranked = sorted(range(len(content)), key=lambda at: -content[at])
    if section.labels_only:
        return [float(at == ranked[0]) for at in range(len(content))]
    kept = set(ranked[: section.top_k])
    return [_rounded(each, section) if at in kept else 0.0 for at, each in enumerate(content)]


def _score_of(content: list[Any]) -> str | None:
    """The field that holds the share of each class in a list of objects, if there is just one such field and they sum to one."""
    if len(content) < 2 or not all(isinstance(each, dict) for each in content):
        return None
    names = [name for name in content[0] if all(_is_share(each.get(name)) for each in content)]
    names = [name for name in names if abs(sum(each[name] for each in content) - 1) < 1e-2]
    return names[0] if len(names) == 1 else None


def _ranked(content: list[dict[str, Any]], score: str, section: PredictionsSection) -> list[dict[str, Any]]:
    order = sorted(range(len(content)), key=lambda at: -content[at][score])
    kept = set(order[: 1 if section.labels_only else section.top_k])
    return [coarser(each, section) for at, each in enumerate(content) if at in kept]


def _rounded(value: float, section: PredictionsSection) -> float:
    return value if section.decimals is None else round(value, section.decimals)


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
