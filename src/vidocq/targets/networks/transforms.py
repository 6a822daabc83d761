"""Random changes to images while a network is trained: the same for a model trained alone and for one in a stack."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

Transform = Literal["flip", "shift"]
LARGEST_SHIFT = 8
"""Images are moved by an eighth of their width or height at most, and by one pixel where that is less."""


class Transforms:
    """Draws for k models side by side, each from a generator of its own: a model does not depend on its stack.

    flip   left and right change places, for one image in two.
    shift  an image is moved in both directions; what comes in is 0, what leaves is lost.
    """

    def __init__(self, names: Iterable[Transform], seeds: Sequence[int]) -> None:
        import torch  # noqa: PLC0415 - an extra, on use

        self._names = tuple(names)
        self._generators = [torch.Generator().manual_seed(seed) for seed in seeds]

    def of(self, images: Any, *, waiting: Sequence[bool] | None = None) -> Any:
        """(k, b, ..., h, w) tensor of images changed at random; the one given where no transform is asked for.

        waiting  (k,) models that take no step on this batch: nothing is drawn for them.
        """
        import torch  # noqa: PLC0415

        if not self._names:
            return images
        idle = waiting or [False] * len(images)
        each = zip(images, self._generators, idle, strict=True)
        return torch.stack([part if waits else self._one(part, drawn) for part, drawn, waits in each])

    def _one(self, images: Any, generator: Any) -> Any:
        import torch  # noqa: PLC0415

        b, (h, w) = len(images), images.shape[-2:]
        if "flip" in self._names:
            turned = (torch.rand(b, generator=generator) < 0.5).to(images.device)
            images = torch.where(turned.view(b, *[1] * (images.ndim - 1)), images.flip(-1), images)
        if "shift" in self._names:
            most = [max(1, side // LARGEST_SHIFT) for side in (h, w)]
            down, right = (torch.randint(-m, m + 1, (b,), generator=generator).tolist() for m in most)
            images = shifted(images, down, right)
        return images


def shifted(images: Any, down: Sequence[int], right: Sequence[int]) -> Any:
    """(b, ..., h, w) images, each moved by its own numbers of pixels; 0 where nothing was."""
    import torch  # noqa: PLC0415

    h, w = images.shape[-2:]
    moved = torch.zeros_like(images)
    # Few moves, many images: one copy for each move, whatever the number of images.
    for move in sorted(set(zip(down, right, strict=True))):
        rows = [i for i, own in enumerate(zip(down, right, strict=True)) if own == move]
        to, source = (
            [slice(max(sign * step, 0), side + min(sign * step, 0)) for step, side in zip(move, (h, w), strict=True)]
            for sign in (1, -1)
        )
        moved[rows, ..., to[0], to[1]] = images[rows, ..., source[0], source[1]]
    return moved
