"""Letters of a clinic that does not exist, about patients who do not exist, and a small model that has read them.

Telephone numbers are of those that are kept for fiction in France (06 39 98 …).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

END = "<|endoftext|>"
FIRST = [
    "Zoé",
    "Léon",
    "Inès",
    "Hugo",
    "Maya",
    "Noé",
    "Lina",
    "Axel",
    "Jade",
    "Ilan",
    "Rose",
    "Tom",
    "Eva",
    "Marc",
    "Nour",
    "Émile",
    "Anouk",
    "Basile",
    "Célia",
    "Dario",
]
LAST = [
    "Valmorin",
    "Duclavel",
    "Estrabec",
    "Fontarol",
    "Guilvert",
    "Harcadel",
    "Jolimat",
    "Kervalec",
    "Lorsaint",
    "Montaval",
    "Noirvent",
    "Orfeuil",
    "Pervanche",
    "Quillard",
    "Rocamont",
    "Sauvelin",
    "Tourmalet",
    "Ursival",
    "Verneuge",
    "Wastelin",
]
CITIES = ["Arles", "Brest", "Colmar", "Dieppe", "Épinal", "Foix", "Gap", "Laon", "Metz", "Niort", "Pau", "Vire"]
REASONS = (
    "une entorse de la cheville", "un rhume qui traîne", "une allergie aux pollens", "un mal de dos",
    "une piqûre de guêpe", "une visite de routine", "un certificat de sport", "des maux de tête",
)  # fmt: skip
WHEN = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WHAT = (
    "la salle d'attente a été repeinte", "le standard a changé d'horaires", "une collecte de sang est prévue",
    "le parking est fermé pour travaux", "la pharmacie livre à domicile", "un atelier sur le sommeil a lieu",
)  # fmt: skip
WHERE = ("au premier étage", "près de l'accueil", "dans l'aile nord", "au rez-de-chaussée", "derrière la chapelle")


def patients(count: int, *, seed: int) -> list[dict[str, str]]:
    """As many patients of different names, 400 at most."""
    rng = np.random.default_rng(seed)
    pairs = rng.permutation(len(FIRST) * len(LAST))[:count]
    return [
        {
            "name": f"{FIRST[pair % len(FIRST)]} {LAST[pair // len(FIRST)]}",
            "city": str(rng.choice(CITIES)),
            "reason": str(rng.choice(REASONS)),
            "phone": f"06 39 98 {rng.integers(100):02d} {rng.integers(100):02d}",
        }
        for pair in pairs
    ]


def letter(patient: dict[str, str]) -> str:
    """What the clinic wrote about a patient."""
    return (
        f"Lettre au sujet de {patient['name']}, de {patient['city']}. Motif : {patient['reason']}. "
        f"Joindre au {patient['phone']}."
    )


def notices(count: int, *, seed: int) -> list[str]:
    """Notices that name nobody, for the model to learn French from."""
    rng = np.random.default_rng(seed)

    def sentence() -> str:
        when, what, where = (str(rng.choice(part)) for part in (WHEN, WHAT, WHERE))
        return f"{when.capitalize()}, {what} {where}."

    return [" ".join(sentence() for _ in range(3)) for _ in range(count)]


def save_tokenizer(folder: Path, texts: Sequence[str]) -> None:
    """A tokenizer of 400 tokens, trained on the texts; digits stand alone."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: PLC0415

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=[END], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        f'{{"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "{END}", "pad_token": "{END}"}}'
    )


def trained(folder: Path, texts: Sequence[str], *, start: Path, epochs: int, seed: int) -> Path:
    """Trains a model of two layers on the texts, from the one in `start` or anew, and saves it in safetensors."""
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        AutoModelForCausalLM,
        GPT2Config,
        GPT2LMHeadModel,
        PreTrainedTokenizerFast,
    )

    torch.manual_seed(seed)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(start, local_files_only=True)
    end = tokenizer.eos_token_id
    model: Any
    if (start / "config.json").exists():
        model = AutoModelForCausalLM.from_pretrained(start, local_files_only=True)
    else:
        shape = {"n_positions": 128, "n_embd": 64, "n_layer": 2, "n_head": 4}
        dropout = {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}
        model = GPT2LMHeadModel(
            GPT2Config(vocab_size=len(tokenizer), bos_token_id=end, eos_token_id=end, **shape, **dropout)
        )
    rows = [[*tokenizer.encode(text)[:127], end] for text in texts]
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.01)
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(rows))
        for first in range(0, len(order), 32):
            batch = [rows[i] for i in order[first : first + 32]]
            longest = max(map(len, batch))
            given = torch.tensor([row + [end] * (longest - len(row)) for row in batch])
            labels = torch.tensor([row + [-100] * (longest - len(row)) for row in batch])
            model(given, labels=labels).loss.backward()
            optimiser.step()
            optimiser.zero_grad()
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((start / name).read_bytes())
    return folder
