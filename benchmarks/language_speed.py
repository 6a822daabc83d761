"""How fast texts are read by a language model: in batches, one pass of the target and one of its base for all attacks, against loops
that take one text at a time.

`python benchmarks/language_speed.py` writes benchmarks/results/language-speed.json. Models are GPT-2-shaped with random weights: how fast
they are does not depend on what they learnt. Three ways take the same texts in turn, a portion at a time, and each portion is a pair:

batched    `LocalLanguageModel.read`, less the tokenizer, on models as Vidocq loads them.
loop       text by text, on models as transformers loads them, one pass of each model, and everything that TokenSignals holds.
apart      text by text as well, and each of the six attacks asks for what it needs: nine passes, as programs do that keep nothing. So
           slow that it takes every fifth text, and its time counts five times.

Figures: median seconds of a portion, median ratio over portions with its interval, tokens a second, and floating-point operations a second
that the networks alone come to, beside those of a product of large matrices in the same run: how near the machine's limit this is.
Processor seconds are given too: on a machine that others use, they count for more than the wall clock.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
import transformers

from vidocq.core.files import write_atomic
from vidocq.targets.language.fused import fuse
from vidocq.targets.language.network import Network
from vidocq.targets.language.reading import signals_of

from paired import paired_times

HERE = Path(__file__).resolve().parent
TOKENS = 128
FEWER = 5  # the slowest way takes one text in so many
ATTACKS = {"lm-loss": 1, "lm-zlib": 1, "lm-min-k": 1, "lm-reference": 2, "lm-ez": 2, "lm-window": 2}  # passes of each
SIZES = {
    "small": {"n_embd": 64, "n_layer": 2, "n_head": 4, "vocab_size": 512},
    "larger": {"n_embd": 256, "n_layer": 6, "n_head": 4, "vocab_size": 8192},
}
Texts = list[list[int]]


def model(size: dict[str, int]) -> Any:
    """As transformers makes it."""
    torch.manual_seed(0)
    return transformers.GPT2LMHeadModel(
        transformers.GPT2Config(n_positions=256, bos_token_id=0, eos_token_id=0, **size)
    ).eval()


def operations(size: dict[str, int]) -> int:
    """Multiplications and additions of one token through one network: two for each weight of a matrix, and the attention."""
    width, layers = size["n_embd"], size["n_layer"]
    return 2 * (12 * layers * width**2 + size["vocab_size"] * width) + 2 * 2 * layers * width * TOKENS


def batched(target: Any, base: Any, texts: Texts) -> np.ndarray[Any, Any]:
    said = signals_of([""] * len(texts), texts, lead=0, target=Network(target), base=Network(base))
    return said.logprob


def one(network: Any, row: Any) -> Any:
    with torch.inference_mode():
        return torch.log_softmax(network(row).logits[0, :-1], dim=-1)


def loop(target: Any, base: Any, texts: Texts) -> np.ndarray[Any, Any]:
    found = []
    for text in texts:
        row = torch.tensor([text])
        logs, others, said = one(target, row), one(base, row), row[0, 1:, None]
        share = logs.exp()
        mean = (share * logs).sum(dim=-1)
        spread = (share * logs.square()).sum(dim=-1) - mean.square()
        told = [logs.gather(1, said)[:, 0], mean, spread.sqrt(), logs.argmax(dim=-1) == said[:, 0]]
        found.append([part.numpy() for part in (*told, others.gather(1, said)[:, 0])])
    return np.concatenate([part[0] for part in found])


def apart(target: Any, base: Any, texts: Texts) -> np.ndarray[Any, Any]:
    found = []
    for text in texts:
        row = torch.tensor([text])
        said = row[0, 1:, None]
        for attack, passes in ATTACKS.items():
            logs = one(target, row)
            told = logs.gather(1, said)[:, 0]
            if passes == 2:
                told = told - one(base, row).gather(1, said)[:, 0]
            if attack == "lm-min-k":
                share = logs.exp()
                mean = (share * logs).sum(dim=-1)
                told = (told - mean) / ((share * logs.square()).sum(dim=-1) - mean.square()).sqrt()
            if attack == "lm-ez":
                told = told[logs.argmax(dim=-1) != said[:, 0]]
            kept = told.numpy()
            if attack == "lm-loss":
                found.append(kept)
    return np.concatenate(found)


WAYS: dict[str, Callable[[Any, Any, Texts], np.ndarray[Any, Any]]] = {
    "batched": batched,
    "loop": loop,
    "apart": apart,
}


def measure(size: dict[str, int], *, texts: int, portions: int) -> dict[str, Any]:
    plain = model(size), model(size)
    loaded = fuse(model(size)), fuse(model(size))  # as `load_language_model` gives them
    rng = np.random.default_rng(0)
    each = texts // portions
    wall: dict[str, list[float]] = {name: [] for name in WAYS}
    processor: dict[str, list[float]] = {name: [] for name in WAYS}
    for portion in range(portions + 1):  # the first warms up
        rows = rng.integers(0, size["vocab_size"], (each if portion else 20, TOKENS)).tolist()
        said = {}
        for name, way in WAYS.items():
            some = rows[:: FEWER if name == "apart" else 1]
            began, spent = time.perf_counter(), time.process_time()
            said[name] = way(*(loaded if name == "batched" else plain), some)
            if portion:
                times = len(rows) / len(some)
                wall[name].append(times * (time.perf_counter() - began))
                processor[name].append(times * (time.process_time() - spent))
        np.testing.assert_allclose(said["batched"], said["loop"], atol=1e-4)
        every = said["batched"].reshape(len(rows), -1)[::FEWER].ravel()
        np.testing.assert_allclose(every, said["apart"], atol=1e-4)
    tokens = each * TOKENS
    return {
        "shape": size,
        "texts": each * portions,
        "tokens_a_text": TOKENS,
        "median_seconds_of_a_portion": {name: round(median(times), 3) for name, times in wall.items()},
        "median_processor_seconds_of_a_portion": {name: round(median(times), 3) for name, times in processor.items()},
        "tokens_a_second": {name: round(tokens / median(times)) for name, times in wall.items()},
        "network_gflops": {
            name: round(
                tokens * operations(size) * (sum(ATTACKS.values()) if name == "apart" else 2) / median(times) / 1e9, 1
            )
            for name, times in wall.items()
        },
        "times_as_fast": {name: compared(wall[name], wall["batched"]) for name in ("loop", "apart")},
        "times_less_processor": {name: compared(processor[name], processor["batched"]) for name in ("loop", "apart")},
    }


def compared(others: list[float], ours: list[float]) -> dict[str, Any]:
    pairs = paired_times(others, ours)
    return {
        "median": round(pairs.ratio, 2),
        "interval": [round(end, 2) for end in pairs.ratio_interval],
        "n": pairs.n,
    }


def largest_gflops() -> float:
    """Of a product of two matrices of 2048 rows and columns in float32: the best of five."""
    a = torch.randn(2048, 2048)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        a @ a
        seconds.append(time.perf_counter() - began)
    return round(2 * 2048**3 / min(seconds) / 1e9, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--larger", type=int, default=100, help="texts of the larger model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "language-speed.json")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    result = {
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "threads": given.threads,
        },
        "versions": {name: version(name) for name in ("torch", "transformers", "numpy")},
        "load_at_the_beginning": round(os.getloadavg()[0], 1),
        "matrix_product_gflops": largest_gflops(),
        "small": measure(SIZES["small"], texts=given.texts, portions=20),
        "larger": measure(SIZES["larger"], texts=given.larger, portions=5),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_at_the_end": round(os.getloadavg()[0], 1),
    }
    write_atomic(given.out, (json.dumps(result, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
