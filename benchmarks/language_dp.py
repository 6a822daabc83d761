"""A language model fine-tuned by DP-SGD (Opacus), audited in one run by canaries: is what is shown below what is claimed?

A causal transformer of one layer reads articles of the French civil code, word by word, and is trained without noise on
some of them: the base, public, the same for all seeds. Each seed draws 1,000 canaries of nonsense, throws their coins,
fine-tunes the base on other articles and the canaries included by Opacus's DP-SGD (Poisson sampling, clipping, Gaussian
noise from its accountant), and guesses the coins from the fine-tune's log-probability minus the base's.

What makes these canaries strong was found out by measuring, at epsilon 8 and one seed. The scores of canaries trained on
and left out lie 0.2 standard deviations apart if the base has never read nonsense: what the fine-tune learns then is
mostly what all canaries have in common, those left out too. They lie 0.8 apart if the base has read other nonsense, for
what is left to learn of each is its own (1.3 is the most that so much noise lets through). So the base reads other
nonsense too: canaries should be of a kind that the model knows, and of a content that it does not. Some 30 settings (model, width, rate,
clipping, sampling, who writes the canaries) were tried on single seeds before, seed 1 of the 50 among them; those kept are the
strongest. On a base that never read such texts the same audit would show little, which would prove nothing.

`python benchmarks/language_dp.py` writes benchmarks/results/language-dp.json: 50 seeds at epsilon 8 and at 2; then 50
that claim epsilon 1 and add no noise. Wanted: epsilon_low under the accountant's epsilon in 45 of 50 seeds, above 0 in 40
of 50 at epsilon 8, above the claim of 1 in 45 of 50 without noise.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.language.canaries.draw import draw_text_canaries
from vidocq.audit.language.canaries.insert import insert_text_canaries
from vidocq.audit.language.canaries.invented import nonsense
from vidocq.audit.one_run import OneRunResult, guess_coins
from vidocq.measure.guesses import plan_guesses

from data import data_file

RESULTS = Path(__file__).resolve().parent / "results" / "language-dp.json"
WORDS, LENGTH, WIDTH = 400, 16, 32
PUBLIC, PRIVATE = 2000, 500
CANARIES = 1000
DELTA = 1e-5
RATE, CLIP, SAMPLED, STEPS = 3.0, 0.3, 0.25, 40
AT_ONCE = 250
SEEDS = 50
ENOUGH = {"under": 45, "above_zero": 40, "contradicts": 45}


@dataclass(frozen=True, kw_only=True)
class Case:
    """epsilon  claimed.   noise  whether it is added.   planned  epsilon from which the number of guesses is planned: the
    claim, or what whoever doubts the claim suspects.
    """

    epsilon: float
    bound: str
    noise: bool = True
    planned: float


@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts of WORDS different words, LENGTH each, and the number of each word; nonsense, but never that of a canary."""

    public: list[str]
    nonsense: list[str]
    private: list[str]
    numbers: dict[str, int]

    def rows(self, texts: Sequence[str]) -> Any:
        """(n, LENGTH) tensor of numbers; -1 where a text has ended."""
        import torch

        found = torch.full((len(texts), LENGTH), -1)
        for row, text in zip(found, texts, strict=True):
            told = [self.numbers[word] for word in text.split()[:LENGTH]]
            row[: len(told)] = torch.tensor(told)
        return found


def civil_code() -> Corpus:
    """Windows of LENGTH words, rare words written as one; drawn once, for all seeds."""
    whole = gzip.decompress(data_file("code_civil_fr", "code_civil.txt.gz").read_bytes()).decode("utf-8")
    told = re.findall(r"[a-zà-ÿœ]+", re.sub(r"(?m)^(###|Article|----).*$", "", whole).lower())
    frequent = [word for word, _ in Counter(told).most_common(WORDS - 1)]
    numbers = {word: i for i, word in enumerate([*frequent, "rare"])}
    common = [word if word in numbers else "rare" for word in told]
    windows = [" ".join(common[i : i + LENGTH]) for i in range(0, len(common) - LENGTH, LENGTH)]
    texts = [windows[i] for i in np.random.default_rng(1).permutation(len(windows))]
    said = nonsense(texts, rng=np.random.default_rng(2))
    other = [next(said)[0] for _ in range(PUBLIC)]
    return Corpus(texts[:PUBLIC], other, texts[PUBLIC : PUBLIC + PRIVATE], numbers)


def network() -> Any:
    """One layer of causal attention and one of neurons, of parts that Opacus knows."""
    import torch
    from torch import nn

    class Small(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.word, self.place = nn.Embedding(WORDS, WIDTH), nn.Embedding(LENGTH, WIDTH)
            self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
            self.inner, self.outer = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
            self.last = nn.Linear(WIDTH, WORDS)

        def forward(self, given: Any) -> Any:
            n, t = given.shape
            x = self.word(given) + self.place(torch.arange(t).expand(n, t))
            heed = self.query(x) @ self.key(x).transpose(1, 2) / math.sqrt(WIDTH)
            heed = heed.masked_fill(torch.ones(t, t).triu(1).bool(), -torch.inf).softmax(dim=-1)
            x = x + heed @ self.value(x)
            x = x + self.outer(torch.relu(self.inner(x)))
            return self.last(x)

    return Small()


def losses(model: Any, rows: Any) -> Any:
    """(n,) mean surprise of each text's words but the first, in nats."""
    import torch

    given, wanted = rows[:, :-1].clamp(min=0), rows[:, 1:]
    each = torch.nn.functional.cross_entropy(model(given).transpose(1, 2), wanted.clamp(min=0), reduction="none") * (
        wanted >= 0
    )
    return each.sum(dim=1) / (wanted >= 0).sum(dim=1)


def trained_base(corpus: Corpus) -> Any:
    import torch

    torch.manual_seed(0)
    model, rows = network(), corpus.rows(corpus.public + corpus.nonsense)
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(8):
        for batch in torch.randperm(len(rows)).split(100):
            optimiser.zero_grad()
            losses(model, rows[batch]).mean().backward()
            optimiser.step()
    return model.eval()


def fine_tuned(base: Any, rows: Any, *, noise: float, seed: int) -> tuple[Any, float]:
    """The base gone on with by DP-SGD, and the epsilon that Opacus's accountant gives."""
    import torch
    from opacus import PrivacyEngine
    from opacus.utils.batch_memory_manager import BatchMemoryManager

    torch.manual_seed(seed)
    model = network()
    model.load_state_dict(base.state_dict())
    engine = PrivacyEngine(accountant="prv")
    private, optimiser, loader = engine.make_private(
        module=model.train(),
        optimizer=torch.optim.SGD(model.parameters(), lr=RATE),
        data_loader=torch.utils.data.DataLoader(
            torch.utils.data.TensorDataset(rows), batch_size=math.ceil(SAMPLED * len(rows))
        ),
        noise_multiplier=noise,
        max_grad_norm=CLIP,
    )
    # The mean of a batch is over a number that does not tell how many canaries there are.
    optimiser.expected_batch_size = SAMPLED * (PRIVATE + CANARIES / 2)
    for _ in range(round(STEPS * SAMPLED)):
        with BatchMemoryManager(data_loader=loader, max_physical_batch_size=AT_ONCE, optimizer=optimiser) as in_parts:
            for (batch,) in in_parts:
                optimiser.zero_grad()
                losses(private, batch).mean().backward()
                optimiser.step()
    spent = float(engine.accountant.get_epsilon(DELTA)) if noise else math.inf
    return model.eval(), spent


@dataclass(frozen=True)
class Run:
    """One seed: what was shown, the accountant's epsilon, separation of scores in standard deviations, loss on texts."""

    result: OneRunResult
    spent: float
    separation: float
    loss: float


def one_seed(case: Case, corpus: Corpus, base: Any, *, noise: float, seed: int) -> Run:
    import torch

    rng = np.random.default_rng([seed, round(1000 * case.epsilon), case.noise])
    draw = draw_text_canaries(
        rng=rng,
        numbers={1: CANARIES},
        kinds=["nonsense"],
        corpus=corpus.public,
        delta=DELTA,
        guesses=plan_guesses(CANARIES, epsilon=case.planned, delta=DELTA, bound=case.bound).number,
        bound=case.bound,
    )
    texts = insert_text_canaries(corpus.private, draw, rng=rng)
    model, spent = fine_tuned(base, corpus.rows(texts), noise=noise, seed=seed)
    canaries = corpus.rows([canary.text for canary in draw.canaries])
    with torch.no_grad():
        scores = (losses(base, canaries) - losses(model, canaries)).double().numpy()
        loss = float(losses(model, corpus.rows(corpus.private)).mean())
    result = guess_coins(draw.terms, draw.included, draw.salt, scores, ledger=None, queries=CANARIES)
    return Run(result, spent, _separation(scores, draw.included), loss)


def _separation(scores: NDArray[np.float64], included: NDArray[np.bool_]) -> float:
    inside, outside = scores[included], scores[~included]
    return float((inside.mean() - outside.mean()) / math.sqrt((inside.var() + outside.var()) / 2))


def figures(case: Case, runs: Sequence[Run], *, noise: float) -> dict[str, object]:
    shown = np.array([run.result.epsilon_low for run in runs])
    spent = max(run.spent for run in runs)
    return {
        **asdict(case),
        "seeds": len(runs),
        "noise_multiplier": round(noise, 4),
        "accountant_epsilon": None if math.isinf(spent) else round(spent, 4),
        "canaries": CANARIES,
        "guesses": runs[0].result.terms.guesses,
        "share_right": round(float(np.mean([r.result.correct for r in runs])) / runs[0].result.terms.guesses, 4),
        "epsilon_low": {
            name: round(float(value), 4)
            for name, value in (
                ("least", shown.min()),
                ("median", np.median(shown)),
                ("mean", shown.mean()),
                ("most", shown.max()),
            )
        },
        "under": int(sum(run.result.epsilon_low <= run.spent for run in runs)),
        "above_zero": int((shown > 0.0).sum()),
        "contradicts": int((shown > case.epsilon).sum()),
        "ceiling": round(runs[0].result.ceiling, 4),
        "control_above_zero": int(sum(run.result.control > 0.0 for run in runs)),
        "separation": round(float(np.mean([run.separation for run in runs])), 4),
        "loss": round(float(np.mean([run.loss for run in runs])), 4),
    }


def cases() -> list[Case]:
    claimed = [Case(epsilon=epsilon, bound="f-dp", planned=epsilon) for epsilon in (8.0, 2.0)]
    return [
        *claimed,
        # Whoever doubts a claim of 1 plans his guesses for what he suspects.
        Case(epsilon=1.0, bound="f-dp", noise=False, planned=8.0),
    ]


def holds(found: dict[str, Any]) -> bool:
    if not found["noise"]:
        return found["contradicts"] >= ENOUGH["contradicts"]
    enough_shown = found["epsilon"] < 8.0 or found["above_zero"] >= ENOUGH["above_zero"]
    return found["under"] >= ENOUGH["under"] and enough_shown


def main(seeds: int = SEEDS) -> int:
    import torch
    from opacus.accountants.utils import get_noise_multiplier

    warnings.filterwarnings("ignore")  # Opacus and PyTorch warn at every step
    torch.set_num_threads(1)
    corpus = civil_code()
    base = trained_base(corpus)
    found = []
    for case in cases():
        noise = 0.0
        if case.noise:
            noise = get_noise_multiplier(
                target_epsilon=case.epsilon,
                target_delta=DELTA,
                sample_rate=SAMPLED,
                steps=STEPS,
                accountant="prv",
            )
        runs = [one_seed(case, corpus, base, noise=noise, seed=seed) for seed in range(seeds)]
        told = figures(case, runs, noise=noise)
        found.append({**told, "holds": holds(told)})
        print(json.dumps(found[-1]), flush=True)
    if seeds == SEEDS:
        RESULTS.write_text(json.dumps({"cases": found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return int(not all(case["holds"] for case in found))


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in sys.argv[1:2])))
