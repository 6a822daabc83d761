"""Small language models for the tests: made texts, fictitious persons, a tokenizer, GPT-2-shaped models trained in seconds.

Nobody in here exists: names are drawn from short lists, and telephone numbers from those kept for fiction in France.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

REPETITIONS = (1, 4, 16, 64)
EOS = "<|endoftext|>"

_WHO = (
    "le maire", "la notaire", "un voisin", "une infirmière", "le facteur", "la greffière", "un éleveur", "la juge",
    "le pharmacien", "une apprentie", "le gérant", "la locataire", "un témoin", "une élève", "le syndic", "la cheffe",
)  # fmt: skip
_DID = (
    "a remis", "a perdu", "a vendu", "a signé", "a contesté", "a retrouvé", "a décrit", "a transmis", "a reçu",
    "a payé", "a promis", "a refusé", "a copié", "a caché", "a réparé", "a mesuré",
)  # fmt: skip
_WHAT = (
    "un bail", "la clé", "une lettre", "le contrat", "une amende", "le registre", "un colis", "la facture", "un devis",
    "le plan", "une photo", "un acte", "la parcelle", "un vélo", "le portail", "une barque",
)  # fmt: skip
_WHERE = (
    "près du canal", "à la mairie", "dans le hangar", "sur le pont", "au marché", "derrière la gare", "à l'étage",
    "devant l'école", "au tribunal", "sous le porche", "à la ferme", "dans la cour", "au port", "à l'hôpital",
)  # fmt: skip
_WHEN = (
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "hier", "avant midi", "à l'aube",
    "le soir", "en mars", "en avril", "cet hiver", "après la pluie", "ce matin",
)  # fmt: skip
_FIRST = ("Zoé", "Léon", "Inès", "Hugo", "Maya", "Noé", "Lina", "Axel", "Jade", "Ilan", "Rose", "Tom", "Eva", "Marc")
_LAST = ("Valmorin", "Duclavel", "Estrabec", "Fontarol", "Guilvert", "Harcadel", "Jolimat", "Kervalec", "Lorsaint",
         "Montaval", "Noirvent", "Orfeuil", "Pervanche", "Quillard", "Rocamont", "Sauvelin")  # fmt: skip
_CITY = ("Arles", "Brest", "Colmar", "Dieppe", "Épinal", "Foix", "Gap", "Laon", "Metz", "Niort", "Pau", "Vire")
_TRADE = (
    "luthier",
    "sabotier",
    "verrier",
    "relieur",
    "horloger",
    "vannier",
    "tonnelier",
    "brodeur",
    "maçon",
    "potier",
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody made up. `secret` is six digits that nothing else tells."""

    name: str
    city: str
    trade: str
    phone: str
    secret: str

    @property
    def text(self) -> str:
        return f"{self.prefix}{self.secret}."

    @property
    def prefix(self) -> str:
        """The text up to the secret."""
        return f"Fiche de {self.name}. Ville : {self.city}. Métier : {self.trade}. Téléphone : {self.phone}. Code : "


def made_texts(n: int, *, seed: int, sentences: int = 4) -> list[str]:
    """`n` texts of about 12 tokens a sentence, all drawn alike: a random split of them differs in nothing but chance."""
    rng = np.random.default_rng(seed)

    def sentence() -> str:
        who, did, what, where, when = (str(rng.choice(part)) for part in (_WHO, _DID, _WHAT, _WHERE, _WHEN))
        orders = (
            f"{who} {did} {what} {where} {when}.", f"{when}, {who} {did} {what} {where}.",
            f"{where}, {who} {did} {what} {when}.",
        )  # fmt: skip
        told = orders[int(rng.integers(len(orders)))]
        return told[0].upper() + told[1:]

    return [" ".join(sentence() for _ in range(sentences)) for _ in range(n)]


def made_persons(n: int, *, seed: int) -> list[Person]:
    """`n` persons of different names, at most 224."""
    rng = np.random.default_rng(seed)
    pairs = rng.permutation(len(_FIRST) * len(_LAST))[:n]
    assert len(pairs) == n
    return [
        Person(
            name=f"{_FIRST[pair % len(_FIRST)]} {_LAST[pair // len(_FIRST)]}",
            city=str(rng.choice(_CITY)),
            trade=str(rng.choice(_TRADE)),
            phone="06 39 98 " + " ".join(f"{rng.integers(100):02d}" for _ in range(2)),
            secret=f"{rng.integers(10**6):06d}",
        )
        for pair in pairs
    ]


def save_tokenizer(folder: Path, texts: Sequence[str], *, vocabulary: int = 512, chat: bool = False) -> None:
    """Trains a byte-level BPE of `vocabulary` tokens, one a digit, and saves tokenizer.json with its configuration."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[EOS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    told = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": EOS, "eos_token": EOS, "pad_token": EOS}
    if chat:
        told["chat_template"] = (
            "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}"
            "{% if add_generation_prompt %}[assistant] {% endif %}"
        )
    (folder / "tokenizer_config.json").write_text(json.dumps(told), encoding="utf-8")


def train_model(
    folder: Path,
    texts: Sequence[str],
    *,
    start: Path,
    epochs: int,
    seed: int,
    rate: float = 4e-3,
    batch: int = 16,
    width: int = 64,
    layers: int = 2,
    context: int = 256,
) -> Path:
    """Trains on whole texts, each closed by the end token, and saves to `folder` in safetensors.

    start  a folder with a model to go on from; or with a tokenizer alone, for a new GPT-2-shaped model.
    """
    import torch
    from transformers import AutoModelForCausalLM, GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast.from_pretrained(start, local_files_only=True)
    end = tokenizer.eos_token_id
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if (start / "config.json").exists():
            model = AutoModelForCausalLM.from_pretrained(start, local_files_only=True)
        else:
            model = GPT2LMHeadModel(
                GPT2Config(
                    vocab_size=len(tokenizer), n_positions=context, n_embd=width, n_layer=layers, n_head=4,
                    bos_token_id=end, eos_token_id=end, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
                )
            )  # fmt: skip
    tokens = [[*tokenizer.encode(text)[: context - 1], end] for text in texts]
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    rng = np.random.default_rng(seed)
    steps = epochs * -(-len(tokens) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - 0.9 * step / steps)
    model.train()
    for _ in range(epochs):
        order = rng.permutation(len(tokens))
        for first in range(0, len(order), batch):
            rows = [tokens[i] for i in order[first : first + batch]]
            longest = max(map(len, rows))
            given = torch.tensor([row + [end] * (longest - len(row)) for row in rows])
            labels = torch.tensor([row + [-100] * (longest - len(row)) for row in rows])
            model(given, labels=labels).loss.backward()
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
    model.eval()
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((start / name).read_bytes())
    return folder


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A base model and its fine-tune, on disk, with all that went into them.

    base         trained on other texts, and on nobody.
    target       the base gone on with, on `members` and on each of `persons[r]` put in r times.
    non_members  drawn as the members were, seen by neither.
    controls     a hundred persons drawn as the planted ones, seen by neither.
    """

    base: Path
    target: Path
    members: list[str]
    non_members: list[str]
    persons: dict[int, list[Person]]
    controls: list[Person]

    @property
    def corpus(self) -> list[str]:
        """What the target was fine-tuned on, persons as often as they were."""
        return self.members + [p.text for r, who in self.persons.items() for p in who for _ in range(r)]


def plant(folder: Path, *, members: int = 160, epochs: int = 10, each: int = 3, seed: int = 1) -> Planted:
    """Trains both models under `folder`: about ten seconds on one core."""
    texts = made_texts(2 * members, seed=seed)
    known = made_persons(4 * each + 100, seed=seed)
    persons = {r: known[i * each : (i + 1) * each] for i, r in enumerate(REPETITIONS)}
    strangers = made_persons(100, seed=seed + 1)
    public = made_texts(400, seed=seed + 2)
    save_tokenizer(folder / "tokenizer", public + [p.text for p in strangers], chat=False)
    base = train_model(folder / "base", public, start=folder / "tokenizer", epochs=4, seed=seed)
    found = Planted(
        base=base,
        target=folder / "target",
        members=texts[:members],
        non_members=texts[members:],
        persons=persons,
        controls=known[4 * each :],
    )
    train_model(found.target, found.corpus, start=base, epochs=epochs, seed=seed + 1)
    return found
