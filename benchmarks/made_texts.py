"""Documents made for measuring detectors: French and English, with identifying numbers that belong to nobody and decoys.

A template is text with `{kind}`: kinds of `made_values.VALUES` are what has to be found, those of `DECOYS` what has not.
The two halves of the templates never mix: `development` is looked at while detectors are written, `held_out` is for figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from made_values import CATEGORY, DECOYS, VALUES

HOLE = re.compile(r"\{([a-z_]+)\}")
Part = Literal["development", "held_out"]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A document and where its identifiers stand: (start, end, category), in order."""

    text: str
    truth: tuple[tuple[int, int, str], ...]


def documents(part: Part, *, n: int, seed: int) -> Iterator[Made]:
    rng = Random(f"{part}/{seed}")  # noqa: S311 - made text, not a secret
    for _ in range(n):
        yield fill(rng.choice(TEMPLATES[part]), rng)


def fill(template: str, rng: Random) -> Made:
    """Every hole replaced by a value of its kind. Raises KeyError on a kind that is in neither table."""
    pieces, truth, at, length = [], [], 0, 0
    for hole in HOLE.finditer(template):
        kind = hole[1]
        before = template[at : hole.start()]
        value = (VALUES.get(kind) or DECOYS[kind])(rng)
        start = length + len(before)
        if kind in VALUES:
            truth.append((start, start + len(value), CATEGORY.get(kind, kind)))
        pieces += [before, value]
        length, at = start + len(value), hole.end()
    return Made(text="".join([*pieces, template[at:]]), truth=tuple(truth))


DEVELOPMENT = [
    """FACTURE N° {order}
Société Kermarec SAS au capital de {amount}
SIREN : {siren} — SIRET : {siret} — TVA intracommunautaire : {vat}
Date : {day}        Échéance : {day}
Réf. client : {number}    Commande n° {order}
Total TTC : {amount}
Règlement par virement : IBAN {iban} BIC BNPAFRPPXXX
Contact : {email} / Tél. : {phone}
""",
    """{name}
12 rue des Lilas, {postcode} Exemple-Ville
Tél. {phone} - {email}

Objet : résiliation du contrat n° {order}

Madame, Monsieur,
Par courrier du {day}, je vous ai fait part de ma décision. Conformément à l'{article}, le préavis court depuis le {day}. Mon
numéro de sécurité sociale est le {nir}. Vous pouvez me joindre au {phone} jusqu'à 18 h 30.
Le montant de {amount} reste dû. Le dossier {number} porte la référence {order}.
""",
    """COUR D'APPEL D'EXEMPLE — RG n° {case}
Arrêt du {day}
La société Delmarre, immatriculée au RCS de Lyon sous le numéro {siren}, représentée par {name},
contre M. {name}, né le {day}.
Vu les {article} et {article} ; vu l'{article} ; attendu que la somme de {amount} a été versée ;
que le véhicule immatriculé {plate} circulait ; que le pourvoi n° {case} a été formé.
""",
    """FORMULAIRE D'INSCRIPTION
Nom : {name}
Courriel : {email}
Portable : {phone}
N° de sécurité sociale : {nir}
N° fiscal : {nif}
Passeport n° {passport}
Carte nationale d'identité n° {identity_card}
IBAN : {iban}
Date : {day}
Code produit : {number} / Lot {order}
""",
    """De : {email}
À : {email}
Cc: {email}
Date : {day}
Objet : Re: {order}

Bonjour,
Mon nouveau numéro : {phone}. Le mot de passe : {password}
Merci de rappeler au {phone}.

> Le {day}, {name} <{email}> a écrit :
> La version {version} est installée. Voir {isbn}.
""",
    """{day} INFO  request id={digest} from {ip} user={email}
{day} DEBUG build {version} commit {digest}
{day} WARN  device {mac} ts={stamp} dur=0.1234
{day} ERROR token={secret} denied for 10.0.0.{number}.local
""",
    """Paiement par carte bancaire n° {card}, expire 08/27. Commande {order}. Montant {amount}.
Carte refusée : {wrong_card}. SIRET inconnu : {wrong_siret}. SIREN erroné : {wrong_siren}.
NIR rejeté : {wrong_nir}. IBAN invalide : {wrong_iban}.
""",
    """Ordonnance du Dr {name}, RPPS {rpps}, cabinet : {phone}. Patient assuré n° {nir}. {isbn}.
Relevé d'identité bancaire : {rib}. Prochain rendez-vous le {day}.
""",
    """Suivez-nous : {handle} et {handle}. Position du livreur : {gps}. Colis {order}. {article}.
""",
    """Dear {name_en},
Please call me at {phone_abroad} or write to {email_en}. My card {card} was charged twice on {day}.
Order {order}, invoice {order}, tracking number {order}. Regards, {name_en}
""",
    """{day} login ok user={email_en} ip={ip} session={digest} build {version}
Reach {name_en} on {phone_abroad}; IBAN {iban}. Serial {order}. {isbn}.
""",
]

HELD_OUT = [
    """BON DE COMMANDE {order} du {day}
Fournisseur : Établissements Guérandel — RCS Nantes {siren}
N° SIRET {siret}
N° TVA : {vat}
Acheteur : {name}, {email}, {phone}
Réf. article {number}, {isbn}, quantité 12, prix unitaire {amount}
Total : {amount}. Payable sur le compte {iban}.
Chèque n° {number} ; devis {order}.
""",
    """Monsieur le Directeur,

Je soussigné {name}, titulaire du numéro d'assuré social {nir}, conteste la retenue de {amount} opérée le {day}. J'ai appelé le
{phone} le {day} sans succès ; ma messagerie est {email}.
Je vous rappelle les termes de l'{article} et de l'{article}. Le remboursement se fera par virement ({iban}).
Veuillez agréer, Monsieur, mes salutations. P.-J. : facture {order}, contrat {order}.
""",
    """TRIBUNAL JUDICIAIRE D'EXEMPLE
N° RG {case} - N° Portalis {number}
JUGEMENT DU {day}
DEMANDERESSE : SARL Hautecoin (SIREN {siren}), prise en la personne de {name}
DÉFENDEUR : {name}, né le {day}, demeurant {postcode} Exemple
Sur le fondement des {article}, il est réclamé {amount} ; l'expert a examiné le camion {plate} et l'ancien véhicule
immatriculé {old_plate} ; pièce n° {number} ; minute {case}.
""",
    """Fiche salarié — matricule {number}
Nom | {name}
Né(e) le | {day}
NIR | {nir}
Tél. mobile | {phone}
E-mail | {email}
RIB | {rib}
CNI | {identity_card}
Passeport | {passport}
Numéro fiscal | {nif}
Véhicule | {plate}
""",
    """-----Message d'origine-----
De : {name} [mailto:{email}]
Envoyé : {day}
À : {name} ({email})
Objet : TR: accès

Le mdp est {password} ; ne le donnez à personne. Portable : {phone}, bureau : {phone}.
Ticket {order}, réf. {order}, {version}.
--
{name} | {phone} | {email}
""",
    """Nov 25 08:12:01 srv sshd[{number}]: Accepted publickey for root from {ip} port 52144 ssh2: SHA256 {digest}
Nov 25 08:12:02 srv app: uid={number} mail={email} key={secret} {version}
Nov 25 08:12:03 srv dhcpd: DHCPACK to {ip} ({mac}) via eth0, ts {stamp}
""",
    """Rapport de contrôle : {wrong_siren} (SIREN faux), {wrong_siret} (SIRET faux), {wrong_nir} (NIR faux), {wrong_iban}
(IBAN faux), carte {wrong_card} refusée, RPPS {wrong_rpps} inconnu, TVA {wrong_vat} inexistante. Horodatages : {stamp}, {stamp}.
Montants : {amount}, {amount}. Dates : {day}, {day}. Empreinte {digest}. {article}.
""",
    """Abonné {name} ; carte {card} ; courriel {email} ; mobile {phone}
Débit du {day} : {amount}. Transaction {order}.
La société (SIRET : {siret}) a facturé {amount} le {day} à {name}, joignable au {phone}.
""",
    """Compte rendu de consultation. Dr {name} (RPPS : {rpps}), tél. {phone}. Assurée : {name}, NIR {nir}. Prescription du {day}.
Coordonnées GPS du domicile : {gps}. Pseudonyme sur le forum : {handle}.
""",
    """Hello,
My number is {phone_abroad}, e-mail {email_en}. I paid with my credit card {card} on {day} for order {order}.
Ship to {name_en}. Bank details: {iban}. Reference {order}, case {case}, version {version}.
""",
    """Incident report {number}: {name_en} ({email_en}) connected from {ip}; laptop {mac}; callback {phone_abroad}.
Password: {password}. Commit {digest}, build {version}, {isbn}.
""",
    """La société Fontvielle, dont le SIREN est {siren}, et la société Mornay ({siret}) conviennent : article 1.2.3.4, {article},
{article}. Prix : {amount}. Avenant du {day}, contrat {order}. Fait à Exemple, le {day}. TVA FR : {vat}.
""",
]

TEMPLATES: dict[Part, list[str]] = {"development": DEVELOPMENT, "held_out": HELD_OUT}
