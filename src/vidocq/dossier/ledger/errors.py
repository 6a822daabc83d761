"""What can go wrong with a ledger, in words that quote nothing of it."""

from vidocq.core.errors import LedgerError
from vidocq.dossier.entries import Problem


def broken(problem: Problem) -> LedgerError:
    return LedgerError(
        f"the ledger was altered: {problem.reason.en}",
        where=f"entry {problem.seq}",
        fix="restore it from a backup; what stands before that entry still holds",
        fr=f"le journal a été modifié : {problem.reason.fr}",
        fix_fr="restaurez-le depuis une sauvegarde ; ce qui précède cette inscription tient toujours",
    )


def foreign_anchor(problem: Problem) -> LedgerError:
    return LedgerError(
        f"an anchor is not of this ledger: {problem.reason.en}",
        where=f"entry {problem.seq}",
        fix="give the anchors of this ledger; nothing was written",
        fr=f"une ancre n'est pas celle de ce journal : {problem.reason.fr}",
        fix_fr="donnez les ancres de ce journal ; rien n'a été écrit",
    )


def still_read() -> LedgerError:
    return LedgerError(
        "it is erased, and that is recorded; yet somebody who reads the ledger keeps its trace in the file named -wal",
        where="dossier.ledger",
        fix="let whoever reads it finish: the trace goes when the last of those who have it open closes it",
        fr="c'est effacé, et inscrit ; mais quelqu'un qui lit le journal en garde la trace dans le fichier « -wal »",
        fix_fr="laissez finir qui le lit : la trace part quand le dernier à l'avoir ouvert le ferme",
    )


def absent(where: str) -> LedgerError:
    return LedgerError(
        "there is no ledger here",
        where=where,
        fix="check the path or URL; nothing was made",
        fr="il n'y a pas de journal ici",
        fix_fr="vérifiez le chemin ou l'URL ; rien n'a été créé",
    )
