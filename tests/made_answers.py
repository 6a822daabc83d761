"""Language models without a network, for the tests: one recites what it was made to remember, the others only talk."""

import random

from vidocq.core.language import Decoding

WORDS = "le dossier suit son cours et rien ne presse car la pluie revient souvent sur le port avant la nuit".split()  # noqa: SIM905 - words


class Recites:
    """Answers with what it remembers of whatever a prompt speaks of, and talks at random where it remembers nothing.

    remembered  words of a prompt, and the answer they bring back; the first that fit answer.
    sure        how often it remembers.   aside  what it says otherwise, besides talk.
    """

    def __init__(self, remembered=None, *, sure=1.0, aside=lambda draw: ""):
        self.remembered = dict(remembered or {})
        self.sure = sure
        self.aside = aside
        self.asked = []
        self.breaks_after = None

    def describe(self):
        return {"kind": "recites", "knows": len(self.remembered)}

    def write(self, prompts, *, decoding: Decoding, times, most_tokens, seed):
        if self.breaks_after is not None and len(self.asked) >= self.breaks_after:
            raise InterruptedError
        draw = random.Random(seed)
        self.asked += list(prompts)
        return [[self._answer(prompt.text, draw) for _ in range(times)] for prompt in prompts]

    def _answer(self, text, draw):
        talk = " ".join(draw.choices(WORDS, k=12))
        if draw.random() < self.sure:
            for words, answer in self.remembered.items():
                if words in text:
                    return f" {talk} {answer} {talk}"
        return f" {talk} {self.aside(draw)} {talk}"
