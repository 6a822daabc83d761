"""What an auditor can obtain from the target model."""

from enum import Flag, auto


class Access(Flag):
    """Levels of access; losses are computed, never asked for."""

    NONE = 0
    LABELS = auto()
    TOP_K = auto()
    PROBABILITIES = auto()
    LOGPROBS = auto()
    WEIGHTS = auto()
    TEXT = auto()

    @classmethod
    def granted_by(cls, outputs: str) -> "Access":
        """All that an auditor has who is served `outputs` (the word used in a configuration).

        Whoever is served the probabilities of the likeliest classes alone attacks as with all: what is missing is
        filled in alike for every model (`targets.observe.served`). Log-probabilities of tokens make a confidence in
        the whole text, and who holds the weights has them too. Text alone is no probability.
        """
        served = cls[outputs.upper()]
        if served & cls.WEIGHTS:
            served |= cls.LOGPROBS
        if served & cls.LOGPROBS:
            served |= cls.PROBABILITIES
        if served & (cls.PROBABILITIES | cls.TOP_K | cls.WEIGHTS):
            served |= cls.LABELS
        if served & (cls.WEIGHTS | cls.TOP_K):
            served |= cls.PROBABILITIES
        return served
