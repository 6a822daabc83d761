"""Errors in the shape that clients of OpenAI's API understand; they quote nothing."""

from dataclasses import dataclass

from vidocq.core.text import Lang, Text
from vidocq.serve import plain


@dataclass(eq=False)
class Refusal(Exception):
    """Why a request or an answer goes no further.

    status  of HTTP.   kind, code  words of the envelope: "invalid_request_error" and "content_filter", for instance.
    """

    status: int
    kind: str
    code: str
    message: Text
    retry_after: int | None = None

    def body(self, lang: Lang) -> bytes:
        return plain.write(self.content(lang))

    def content(self, lang: Lang) -> dict[str, dict[str, str | None]]:
        return {"error": {"message": self.message.to(lang), "type": self.kind, "param": None, "code": self.code}}


def not_json() -> Refusal:
    return Refusal(
        400, "invalid_request_error", "not_json", Text("Le corps de la requête n'est pas un objet JSON.", "The body of the request is no JSON object.")
    )  # fmt: skip


def not_http() -> Refusal:
    return Refusal(
        400, "invalid_request_error", "not_http", Text("Ceci n'est pas une requête HTTP.", "This is no request in HTTP.")
    )  # fmt: skip


def too_large() -> Refusal:
    return Refusal(
        413, "invalid_request_error", "too_large", Text("Le corps de la requête est trop grand.", "The body of the request is too large.")
    )  # fmt: skip


def prompt_blocked() -> Refusal:
    return Refusal(
        400,
        "invalid_request_error",
        "content_filter",
        Text("La requête a été arrêtée par les filtres.", "The request was stopped by the filters."),
    )


def unseen(what: str) -> Refusal:
    return Refusal(
        400,
        "invalid_request_error",
        "not_inspectable",
        Text(
            f"La requête contient ce qui ne peut être examiné ({what}) : la politique ne le laisse pas passer.",
            f"The request holds what cannot be looked through ({what}): the policy does not let it pass.",
        ),
    )


def not_guarded() -> Refusal:
    return Refusal(
        404,
        "invalid_request_error",
        "not_guarded",
        Text("Cette adresse n'est pas servie par le filtre.", "This address is not served by the guard."),
    )


def paused() -> Refusal:
    return Refusal(
        503,
        "server_error",
        "paused",
        Text("Le service est suspendu par son exploitant.", "The service is paused by its operator."),
        retry_after=300,
    )


def stopping() -> Refusal:
    return Refusal(
        503,
        "server_error",
        "stopping",
        Text("Le filtre s'arrête.", "The guard is being stopped."),
        retry_after=5,
    )


def busy(status: int) -> Refusal:
    """429 where it is the client's own requests that are too many, 503 where it is those of all."""
    return Refusal(
        status,
        "rate_limit_exceeded" if status == 429 else "server_error",
        "busy",
        Text(
            "Trop de textes sont à examiner en même temps.",
            "Too many texts are to be looked through at the same time.",
        ),
        retry_after=5,
    )


def upstream_failed(why: Text) -> Refusal:
    return Refusal(
        502,
        "server_error",
        "upstream_failed",
        Text(f"Le serveur du modèle {why.fr} ; rien de plus n'en est transmis.", f"The model's server {why.en}; nothing more of it is passed on."),
    )  # fmt: skip


def unreadable() -> Refusal:
    """For what the model's server sends that is not of the shape of its API."""
    return upstream_failed(Text("a envoyé ce qui ne se lit pas", "sent what cannot be read"))


def unknown_shape() -> Refusal:
    """For a prediction in which it is not known where the classes stand that the policy lets be told."""
    return Refusal(
        502,
        "server_error",
        "unknown_shape",
        Text(
            "La réponse du modèle n'a aucune des formes que le filtre sait réduire ; rien n'en a été transmis.",
            "The model's answer has none of the shapes that the guard can make coarser; nothing of it was passed on.",
        ),
    )


def answer_blocked() -> Refusal:
    return Refusal(
        400,
        "invalid_request_error",
        "content_filter",
        Text("La réponse a été arrêtée par les filtres.", "The answer was stopped by the filters."),
    )


def too_slow() -> Refusal:
    return Refusal(
        408,
        "invalid_request_error",
        "too_slow",
        Text("La requête n'est pas arrivée à temps.", "The request did not come in time."),
    )


def not_taken() -> Refusal:
    return Refusal(
        408,
        "invalid_request_error",
        "not_taken",
        Text("La réponse n'a pas été lue à temps.", "The answer was not taken in in time."),
    )


def no_such_method() -> Refusal:
    return Refusal(
        405,
        "invalid_request_error",
        "method_not_allowed",
        Text("Cette adresse n'admet pas cette méthode.", "This address does not take this method."),
    )


def too_long() -> Refusal:
    return Refusal(
        413,
        "invalid_request_error",
        "too_long",
        Text(
            "Le texte est trop long pour être examiné à temps.", "The text is too long to be looked through in time."
        ),
    )


def not_admitted() -> Refusal:
    return Refusal(
        401,
        "invalid_request_error",
        "invalid_api_key",
        Text("Cette clé n'est pas admise.", "This key is not admitted."),
    )


def unlogged() -> Refusal:
    return Refusal(
        503,
        "server_error",
        "log_unwritable",
        Text(
            "Le journal ne peut être écrit : rien n'est transmis.", "The log cannot be written: nothing is passed on."
        ),
        retry_after=60,
    )


def over_budget(what: Text, retry_after: int) -> Refusal:
    return Refusal(
        429,
        "rate_limit_exceeded",
        "budget",
        Text(f"Le budget de cette clé est épuisé ({what.fr}).", f"The budget of this key is spent ({what.en})."),
        retry_after=retry_after,
    )


def ours(place: str) -> Refusal:
    return Refusal(
        500,
        "server_error",
        "guard_failed",
        Text(
            f"Le filtre a échoué ({place}) ; rien de plus n'est transmis.",
            f"The guard failed ({place}); nothing more is passed on.",
        ),
    )
