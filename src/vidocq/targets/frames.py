"""A table in the shape that an estimator was fitted on: plain, or a data frame with named columns."""

from typing import Any

from vidocq.core.errors import DataError, MissingExtra
from vidocq.core.records import Records


def fitted_names(estimator: Any) -> tuple[str, ...] | None:
    """The names of the columns that the estimator was fitted on, or None if it was fitted on a plain table."""
    names = getattr(estimator, "feature_names_in_", None)
    return None if names is None else tuple(str(name) for name in names)


def selects_by_name(estimator: Any) -> bool:
    """True if a part of the estimator, fitted or not, picks its columns by name, type or function."""
    if not hasattr(estimator, "get_params"):
        return False
    for value in (estimator, *estimator.get_params(deep=True).values()):
        for _, _, columns in getattr(value, "transformers", None) or ():
            chosen = columns if isinstance(columns, list | tuple) else [columns]
            if any(isinstance(column, str) or callable(column) for column in chosen):
                return True
    return False


def model_table(records: Records, names: tuple[str, ...] | None, *, width: int | None = None) -> Any:
    """The features for an estimator fitted on `names`, or, where these are None, on a plain table of `width` columns.

    Columns are chosen and ordered by name. Where the records' columns bear no names of their own, as many columns as
    the estimator knows are taken in their order.
    Raises DataError if columns are missing, MissingExtra if a data frame is needed and pandas is not installed.
    """
    if names is None:
        if width is not None and width != len(records.columns):
            raise DataError(
                f"the model takes {width} columns, and the records have {len(records.columns)}",
                where="data, columns",
                fix="give the columns that the model was trained on, in their order",
            )
        return records.features
    if records.named:
        missing = [name for name in names if name not in records.columns]
        if missing:
            rest = f" and {len(missing) - 20} more" if len(missing) > 20 else ""
            raise DataError(
                f"the model asks for columns that the records lack: {', '.join(missing[:20])}{rest}",
                where="data, columns",
                fix="give the columns that the model was trained on, under the same names",
            )
        order = [records.columns.index(name) for name in names]
    elif len(names) == len(records.columns):
        order = list(range(len(names)))
    else:
        raise DataError(
            f"the model takes {len(names)} named columns, and the records have {len(records.columns)} without names",
            where="data, columns",
            fix="name the columns (a csv or parquet file, or the array 'columns' of an .npz file)",
        )
    try:
        import pandas  # noqa: PLC0415 - an extra, needed for these models only
    except ImportError:
        raise MissingExtra(
            "this model was fitted on named columns, which needs pandas",
            where="targets.frames",
            fix="pip install vidocq[pandas]",
        ) from None
    columns = {}
    for name, j in zip(names, order, strict=True):
        column = records.features[:, j]
        text = column.dtype == object and len(column) > 0 and isinstance(column[0], str)
        columns[name] = column if text else column.astype(float)
    return pandas.DataFrame(columns, columns=list(names))
