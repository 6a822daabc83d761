"""The text in which LightGBM writes a booster, checked before LightGBM reads it.

LightGBM trusts what it parses: a child outside the tree is followed, a file cut short is taken for a smaller model, and
some faults end the process. What is read here is what it wrote, or it is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vidocq.targets.boosting.tree_shapes import finite_numbers, is_tree, whole_numbers

END_OF_TREES, PARAMETERS, END_OF_PARAMETERS = "end of trees", "parameters:", "end of parameters"
MOST_TREES = 1_000_000
_PARAMETER = re.compile(r"\[[a-z][a-z0-9_]*: [^\n]*\]")
_NUMBERS = re.compile(r"[-+.0-9eEnaif ]*")
_NAME = re.compile(r"[A-Za-z_]+")


class NotLightgbm(ValueError):
    """The text is none that LightGBM wrote, with a reason that quotes nothing of it."""


@dataclass(frozen=True)
class LightgbmText:
    """What the text tells.

    objective   as written, such as ("binary", "sigmoid:1").
    outputs     trees of one round.   rounds  how many.
    names       of the columns.
    categories  true if some column was taken for categories.
    parameters  of the training; empty where the text keeps none.
    """

    objective: tuple[str, ...]
    outputs: int
    rounds: int
    names: tuple[str, ...]
    categories: bool
    parameters: Mapping[str, str]


def read_text(text: str) -> LightgbmText:
    """Raises NotLightgbm on whatever LightGBM would not have written.

    LightGBM ends lines at a line feed or a carriage return and Python at nine characters more: only the first is taken.
    """
    lines = text.split("\n")
    if len(text.splitlines()) > len(lines) or "\r" in text or "\0" in text:
        raise NotLightgbm("it holds characters that LightGBM does not write")
    try:
        end = lines.index(END_OF_TREES)
    except ValueError:
        raise NotLightgbm("it is cut short, or was not written by LightGBM") from None
    starts = [i for i, line in enumerate(lines[:end]) if line.startswith("Tree=")]
    if not 0 < len(starts) <= MOST_TREES or lines[0] != "tree":
        raise NotLightgbm("it holds no trees")
    try:
        head = _pairs(lines[1 : starts[0]])
        outputs, columns = int(head["num_tree_per_iteration"]), int(head["max_feature_idx"]) + 1
        names = tuple(head["feature_names"].split(" "))
        trees = [_numeric(_pairs(lines[first:last])) for first, last in zip(starts, [*starts[1:], end], strict=True)]
        sound = all(int(tree["Tree"]) == i and _is_sound(tree, columns) for i, tree in enumerate(trees))
        if not sound or len(names) != columns or outputs < 1 or len(trees) % outputs:
            raise NotLightgbm("a tree does not hold together")
        categories = any(int(tree["num_cat"]) for tree in trees)
        objective = tuple(head.get("objective", "").split(" "))
        classes = [
            head["num_class"],
            *(part.partition(":")[2] for part in objective if part.startswith("num_class:")),
        ]
        if any(
            int(told) != outputs for told in classes
        ):  # LightGBM writes as many numbers as one says into as few as the other
            raise NotLightgbm("it tells two numbers of classes")
    except (KeyError, ValueError, OverflowError) as error:
        if isinstance(error, NotLightgbm):
            raise
        raise NotLightgbm("its trees are not written as LightGBM writes them") from None
    mapped = [line.partition(":")[2] for line in lines[end:] if line.startswith("pandas_categorical:")]
    parameters = _parameters(lines[end:])
    categories = categories or mapped not in ([], ["null"], ["[]"]) or bool(parameters.get("categorical_feature"))
    return LightgbmText(objective, outputs, len(trees) // outputs, names, categories, parameters)


def _pairs(lines: Sequence[str]) -> dict[str, str]:
    """Raises NotLightgbm where a name is written twice, or with anything but letters: LightGBM takes another of the two."""
    split = [line.partition("=") for line in lines]
    pairs = [(name, value) for name, sign, value in split if sign]
    found = dict(pairs)
    if len(found) < len(pairs) or not all(_NAME.fullmatch(name) for name in found):
        raise NotLightgbm("a line of it is written twice, or has another name than LightGBM gives")
    return found


def _numeric(tree: dict[str, str]) -> dict[str, str]:
    """The same. Raises NotLightgbm on what Python takes for a number and LightGBM does not, such as 1_0."""
    if not all(_NUMBERS.fullmatch(value) for value in tree.values()):
        raise NotLightgbm("a tree holds something else than numbers")
    return tree


def _is_sound(tree: Mapping[str, str], columns: int) -> bool:
    """Whether a tree of one leaf, or of splits by numbers whose children are splits or leaves of the same tree."""
    leaves = int(tree["num_leaves"])
    values = finite_numbers(tree["leaf_value"].split())
    if leaves < 1 or len(values) != leaves or int(tree.get("is_linear", "0")):
        return False
    others = {name: values for name, values in tree.items() if name.startswith(("leaf_", "internal_", "split_gain"))}
    for name, held in others.items():  # LightGBM ends the process where one has another length
        if len(finite_numbers(held.split())) != (leaves if name.startswith("leaf_") else leaves - 1) and leaves > 1:
            return False
    if leaves == 1:
        return True
    left, right = whole_numbers(tree["left_child"].split()), whole_numbers(tree["right_child"].split())
    column, kind = whole_numbers(tree["split_feature"].split()), whole_numbers(tree["decision_type"].split())
    threshold = [float(value) for value in tree["threshold"].split()]
    if {len(left), len(right), len(column), len(kind), len(threshold)} != {leaves - 1}:
        return False
    if not ((column >= 0) & (column < columns)).all() or (int(tree["num_cat"]) == 0 and (kind & 1).any()):
        return False
    # Splits are numbered 0..m-1 and leaves -1, -2, ...: leaves are given the places after the splits.
    nodes = 2 * leaves - 1
    children = [np.where(child < 0, leaves - 2 - child, child) for child in (left, right)]
    padded = [np.concatenate([child, np.zeros(leaves, dtype=np.int64)]) for child in children]
    return is_tree(padded[0], padded[1], np.arange(nodes) < leaves - 1)


def _parameters(lines: Sequence[str]) -> dict[str, str]:
    """The lines `[name: value]` between `parameters:` and its end; LightGBM reads past the end of any other line."""
    marks = lines.count(PARAMETERS), lines.count(END_OF_PARAMETERS)
    if marks == (0, 0):
        return {}
    begin, end = (lines.index(mark) if mark in lines else -1 for mark in (PARAMETERS, END_OF_PARAMETERS))
    held = [line for line in lines[begin + 1 : end] if line]
    found = {line[1:-1].partition(": ")[0]: line[1:-1].partition(": ")[2].strip() for line in held}
    if marks != (1, 1) or begin > end or len(found) < len(held) or not all(map(_PARAMETER.fullmatch, held)):
        raise NotLightgbm("its parameters are not written as LightGBM writes them")
    return found
