"""The audited model as one audit asks it: a served one keeps its answers, and tells how far it has come."""

from dataclasses import dataclass
from typing import Any

from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.language.text_only import TextOnly
from vidocq.audit.served import UNSEEN
from vidocq.core.language import LanguageModel
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.filters.wrapping import GuardedModel
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_scorer import OpenAiScorer

Served = OpenAiModel | OpenAiScorer


@dataclass(eq=False)
class Opened:
    """To be closed when nothing more is asked.

    model, base  what is heard of them.   served  the model behind an address, or None.
    """

    model: LanguageModel
    base: LanguageModel | None
    served: Served | None = None
    watcher: "Watcher | None" = None

    def next(self, name: str) -> None:
        """What is measured next, for whoever watches."""
        if self.watcher is not None:
            self.watcher.next(name)

    def close(self) -> None:
        if self.served is not None:
            self.served.close()
        if self.watcher is not None:
            self.watcher.end()

    def account(self) -> dict[str, Any] | None:
        """For run.json: what a served model was asked, and what that cost."""
        return None if self.served is None else self.served.account()


def opened(subject: LanguageSubject, *, audit: str, store: Store | None, progress: Progress | None) -> Opened:
    """audit  names the audit, whose queries are counted together over all its runs."""
    if not isinstance(subject.model, (OpenAiModel, OpenAiScorer)):
        return Opened(*(_heard(model, subject) for model in (subject.model, subject.base)))
    watcher = None if progress is None else Watcher(progress)
    served = subject.model.opened(store=store, audit=audit, answered=None if watcher is None else watcher.answered)
    return Opened(_heard(served, subject), None, served, watcher)


def cautions(subject: LanguageSubject) -> list[dict[str, str]]:
    """What whoever reads the audit has to know of a model that nobody could look at."""
    served = isinstance(subject.model, (OpenAiModel, OpenAiScorer))
    return [{"code": "served-model", **UNSEEN.to_dict()}] if served else []


def _heard(model: LanguageModel | None, subject: LanguageSubject) -> Any:
    if model is None or subject.outputs != "text":
        return model
    heard = TextOnly(model)
    return heard if subject.guard is None else GuardedModel(heard, subject.guard)


@dataclass(eq=False)
class Watcher:
    """Shows the answers of a served model, one measurement after the other; how many there will be nobody knows."""

    progress: Progress
    _title: str = ""
    _begun: bool = False

    def next(self, title: str) -> None:
        self.end()
        self._title = title

    def answered(self) -> None:
        if not self._begun:
            self.progress.begin(self._title, total=0, done=0)
            self._begun = True
        self.progress.advance()

    def end(self) -> None:
        if self._begun:
            self.progress.end()
        self._begun = False
