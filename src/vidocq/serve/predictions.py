"""Answers of a predictive model, made coarser: rounded, cut to the likeliest classes, or to their label.

Rounding needs to know nothing of an answer. To tell the likeliest classes one has to know where they stand: an answer of no
shape that is known here is refused, for in it anything may be told.
"""

from collections.abc import Sequence
from typing import Any

from vidocq.filters.policy import PredictionsSection
from vidocq.serve.rounding import all_rounded, number_of, rounded, says_a_share, without_shares

LABELS = frozenset(
    ["label", "labels", "class", "classes", "class_name", "class_names", "class_id", "category", "categories", "predicted", "predicted_class", "predicted_label", "predicted_labels", "name", "names", "target"]
)  # fmt: skip
"""Fields that name classes."""
SCORES = frozenset(
    ["score", "scores", "probability", "probabilities", "class_probabilities", "prob", "probs", "proba", "probas", "predict_proba", "p", "confidence", "confidences", "likelihood", "likelihoods", "logit", "logits", "logprob", "logprobs", "log_probs", "log_prob", "distribution", "percent", "percentage", "percentages", "vote", "votes", "count", "counts", "weight", "weights", "softmax"]
)  # fmt: skip
"""Fields that say how likely they are: a number, or a number for each class."""
INSIDE = frozenset(["prediction", "predictions", "output", "outputs", "result", "results", "response", "answer", "answers", "data"])  # fmt: skip
"""Fields in which an answer stands, or one for each record."""
ABOUT = frozenset(["id", "index", "model", "model_name", "model_version", "version", "request_id", "created", "object", "status"])  # fmt: skip
"""Fields that say nothing of classes; whole numbers and texts stay in them."""


HIDDEN = -1e6
"""In the place of a number that is not told, where there are negative ones."""


class UnknownShape(Exception):
    """Where the likeliest classes stand in an answer is not known."""


def coarser(content: Any, section: PredictionsSection) -> Any:
    """The answer as the policy has it.

    One record's classes are {class: number}, [{"label": class, "score": number}], [[class, number]], {"classes": […], "scores": […]},
    a list of numbers in the order of the classes, or a label; records stand in lists, in fields of INSIDE, or in tensors of the
    Open Inference Protocol. Of classes stay the `top_k` likeliest, with labels_only the likeliest, without any number; in a list of
    numbers the others are 0, and the likeliest is 1 with labels_only. Raises UnknownShape.
    """
    if section.top_k is None and not section.labels_only:
        return all_rounded(content, section.decimals)
    return _Cut(1 if section.labels_only else section.top_k or 1, section.labels_only, section.decimals).answer(
        content
    )


class _Cut:
    """most  classes that are told.   bare  without their numbers."""

    def __init__(self, most: int, bare: bool, decimals: int | None) -> None:
        self._most = most
        self._bare = bare
        self._decimals = decimals

    def answer(self, content: Any, name: str = "") -> Any:
        """What stands at the top, in a list of records, or in a field of INSIDE, LABELS or SCORES."""
        if isinstance(content, dict):
            return self._object(content, name)
        if isinstance(content, list):
            return self._list(content, name)
        if isinstance(content, float) or (name in SCORES and number_of(content) is not None):
            return self._number(number_of(content))
        return _label(content)

    def _object(self, content: dict[str, Any], name: str) -> Any:
        if any(says_a_share(field) for field in content):
            raise UnknownShape
        if "data" in content and "shape" in content:
            return self._tensor(content)
        if name in SCORES or not content.keys() & (LABELS | SCORES | INSIDE):
            return self._table(content, is_named=name in SCORES)
        told = self._columns(content)
        return {field: told[field] if field in told else self._field(field, each) for field, each in content.items()}

    def _columns(self, content: dict[str, Any]) -> dict[str, Any]:
        """Lists of classes and of as many numbers, side by side; nothing if there are none."""
        labels = {field: each for field, each in content.items() if field in LABELS and isinstance(each, list)}
        sizes = set(map(len, labels.values()))
        scores = {
            field: _numbers(each)
            for field, each in content.items()
            if field in SCORES and isinstance(each, list) and len(each) in sizes and not _nested(each)
        }
        if not scores:
            return {}
        if len(sizes) > 1:
            raise UnknownShape
        kept = self._likeliest(next(iter(scores.values())))
        told = {field: [self._told(each)[at] for at in kept] for field, each in scores.items()}
        return told | {field: [_label(each[at]) for at in kept] for field, each in labels.items()}

    def _field(self, field: str, content: Any) -> Any:
        if field in LABELS and isinstance(content, dict):
            return self._table(content, is_named=True)
        if field in LABELS and isinstance(content, list):
            return list(map(_label, content))
        if field in LABELS:
            return _label(content)
        if field in SCORES | INSIDE:
            return self.answer(content, field)
        if isinstance(content, dict | list):
            raise UnknownShape
        if number_of(content) is None or (field in ABOUT and not isinstance(content, float)):
            return _label(content)
        return None

    def _table(self, content: dict[str, Any], *, is_named: bool) -> dict[str, Any]:
        """{class: number}, among which may be what is said about the whole."""
        numbers = {
            field: number
            for field, each in content.items()
            if (is_named or field not in ABOUT) and (number := number_of(each)) is not None
        }
        fields, values = list(numbers), list(numbers.values())
        kept = {fields[at] for at in self._likeliest(values)}
        told = dict(zip(fields, self._told(values), strict=True))
        return {
            field: told[field] if field in told else self._field(field, each)
            for field, each in content.items()
            if field not in told or field in kept
        }

    def _list(self, content: list[Any], name: str) -> Any:
        if not content:
            return []
        if all(isinstance(each, dict) for each in content):
            return self._objects(content)
        if all(isinstance(each, list) for each in content):
            if all(
                len(each) == 2 and isinstance(each[0], str) and number_of(each[1]) is not None for each in content
            ):
                values = [number_of(each[1]) or 0.0 for each in content]
                told = self._told(values)
                return [[_label(content[at][0]), told[at]] for at in self._likeliest(values)]
            return [self.answer(each, name) for each in content]
        if all(isinstance(each, dict | list) for each in content):
            return [self.answer(each, name) for each in content]
        if _nested(content):
            raise UnknownShape
        if name in SCORES or any(isinstance(each, float) for each in content):
            return self._row(_numbers(content))
        return list(map(_label, content))

    def _objects(self, content: list[dict[str, Any]]) -> list[Any]:
        """The classes of one record, where each has a label of its own and a number; else a record each."""
        scores = [field for field, each in content[0].items() if field in SCORES and number_of(each) is not None]
        if len(content) > 1 and scores:
            labels = {str([each.get(field) for field in sorted(LABELS)]) for each in content}
            if len(labels) == len(content):
                kept = self._likeliest(_numbers([each.get(scores[0]) for each in content]))
                return [self._object(content[at], "") for at in kept]
            if not content[0].keys() & LABELS:  # classes or records: nothing tells
                raise UnknownShape
        return [self.answer(each) for each in content]

    def _tensor(self, content: dict[str, Any]) -> dict[str, Any]:
        """One output of the Open Inference Protocol: its numbers lie in a row, those of the last dimension together."""
        data, shape, name = content["data"], content["shape"], str(content.get("name", ""))
        flat = _flat(data)
        if not isinstance(shape, list) or not all(isinstance(each, int) and each > 0 for each in shape):
            raise UnknownShape
        width = shape[-1] if shape else 1
        if len(flat) % width:
            raise UnknownShape
        kind = str(content.get("datatype", ""))
        if kind.startswith("FP") or name in SCORES or any(isinstance(each, float) for each in flat):
            numbers = _numbers(flat)
            told = [each for at in range(0, len(numbers), width) for each in self._row(numbers[at : at + width])]
            told = [0.0 if each is None else each for each in told]
        else:
            told = list(map(_label, flat))
        about = {"name": _label(content.get("name")), "datatype": _label(kind), "shape": shape}
        return {field: each for field, each in about.items() if field in content} | {"data": told}

    def _row(self, values: list[float]) -> list[float | None]:
        """Numbers in the order of the classes, which is known to who asks: each keeps its place."""
        if len(values) == 1:
            return [self._number(values[0])]
        kept = self._likeliest(values)
        if self._bare:
            return [float(at in kept) for at in range(len(values))]
        told, hidden = self._told(values), 0.0 if min(values) >= 0 else HIDDEN
        return [told[at] if at in kept else hidden for at in range(len(values))]

    def _told(self, values: Sequence[float]) -> list[float | None]:
        """Percentages are rounded as the shares they are."""
        is_percent = len(values) > 1 and max(values) > 1 and abs(sum(values) - 100) <= 1
        decimals = self._decimals if self._decimals is None or not is_percent else max(0, self._decimals - 2)
        return [None if self._bare else rounded(each, decimals) for each in values]

    def _number(self, value: float | None) -> float | None:
        return None if self._bare or value is None else rounded(value, self._decimals)

    def _likeliest(self, values: Sequence[float]) -> list[int]:
        """Places of the likeliest, in their order in the answer."""
        return sorted(sorted(range(len(values)), key=lambda at: -values[at])[: self._most])


def _label(content: Any) -> Any:
    """A class, or what else is no number; shares that a text says are left out. Raises UnknownShape where none can stand."""
    if isinstance(content, dict | list) or (isinstance(content, float) and not content.is_integer()):
        raise UnknownShape
    return without_shares(content) if isinstance(content, str) else content


def _numbers(content: Sequence[Any]) -> list[float]:
    found = [number_of(each) for each in content]
    if any(each is None for each in found):
        raise UnknownShape
    return [each for each in found if each is not None]


def _nested(content: list[Any]) -> bool:
    return any(isinstance(each, dict | list) for each in content)


def _flat(content: Any) -> list[Any]:
    if not isinstance(content, list):
        return [content]
    return [each for part in content for each in _flat(part)]
