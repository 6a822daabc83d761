"""Batches side by side: on a processor, threads that each take a batch of their own wait less than threads that share each operation."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from vidocq.targets.language.network import Network
from vidocq.targets.networks.model import require_torch

MOST_LANES = 4

Item = TypeVar("Item")
Made = TypeVar("Made")


def lanes_of(networks: Sequence[Network]) -> int:
    """How many batches go through these networks at a time: one where torch has one thread, on an accelerator, or where an
    adapter is put on and aside, which is a state of the whole module.
    """
    if any(network.bare or network.adapter is not None or network.device.type != "cpu" for network in networks):
        return 1
    return min(MOST_LANES, int(require_torch().get_num_threads()))


def in_lanes(work: Callable[[Item], Made], items: Sequence[Item], *, lanes: int) -> Iterator[Made]:
    """`work` of each item, in their order. It is called in threads of its own, among which those of torch are shared out."""
    lanes = min(lanes, len(items))
    if lanes <= 1:
        yield from map(work, items)
        return
    torch = require_torch()
    threads = torch.get_num_threads()
    try:
        with ThreadPoolExecutor(
            lanes, initializer=torch.set_num_threads, initargs=(max(1, threads // lanes),)
        ) as pool:
            yield from pool.map(work, items)
    finally:
        torch.set_num_threads(threads)  # a thread that begins later takes over what was set last
