"""A data set, and the persons it is about."""

import datetime
from typing import Literal

from vidocq.dossier.facts.asked import Stated, asked

Origin = Literal[
    "collected", "own_reuse", "user_conversations", "scraping", "public_dataset", "third_party", "generated"
]
Basis = Literal["consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interest"]
Article9 = Literal[
    "explicit_consent", "employment_law", "vital_interests", "association", "made_public", "legal_claims",
    "substantial_public_interest", "care", "public_health", "archives_research_statistics",
]  # fmt: skip


class Scraping(Stated):
    """How pages were collected from the web; the first six are conditions of the legitimate interest."""

    criteria_written_before: bool | None = asked(
        "Les critères de collecte ont-ils été écrits avant la collecte ?",
        "Were the criteria of collection written before it?",
    )
    unneeded_filtered: bool | None = asked(
        "Les catégories de données inutiles sont-elles filtrées ?", "Are needless categories of data filtered out?"
    )
    site_types_excluded: bool | None = asked(
        "Les types de sites à écarter (santé, mineurs, adultes, généalogie…) le sont-ils ?",
        "Are the kinds of sites to leave out (health, minors, adult, genealogy…) left out?",
    )
    irrelevant_erased: bool | None = asked(
        "Les données non pertinentes collectées malgré tout sont-elles effacées aussitôt repérées ?",
        "Is irrelevant data that was collected all the same erased once noticed?",
    )
    sensitive_excluded: bool | None = asked(
        "Les données sensibles sont-elles exclues, et effacées si elles passent ?",
        "Is sensitive data excluded, and erased where it slips through?",
    )
    objecting_sites_excluded: bool | None = asked(
        "Les sites qui s'opposent au moissonnage (robots.txt, CAPTCHA) sont-ils écartés ?",
        "Are sites that object to scraping (robots.txt, CAPTCHA) left out?",
    )
    terms_respected: bool | None = asked(
        "Les conditions d'utilisation et signaux comme ai.txt sont-ils respectés ?",
        "Are terms of use and signals like ai.txt respected?",
    )
    no_login_only: bool | None = asked(
        "Seules des pages accessibles sans compte sont-elles collectées ?",
        "Are only pages collected that are reachable without an account?",
    )
    deny_list: bool | None = asked(
        "Une liste de sites intrusifs écartés par défaut est-elle tenue ?",
        "Is a list of intrusive sites, left out by default, kept?",
    )
    push_back_list: bool | None = asked(
        "Une liste repoussoir est-elle consultée avant la collecte ?",
        "Is a suppression list consulted before collection?",
    )
    pseudonymised_early: bool | None = asked(
        "Les données sont-elles pseudonymisées dès la collecte ?", "Is the data pseudonymised upon collection?"
    )
    widely_announced: bool | None = asked(
        "La collecte est-elle annoncée largement ?", "Is the collection announced widely?"
    )


class Conversations(Stated):
    """Conversations of users with a system, taken again to improve a model."""

    users_informed: bool | None = asked("Les utilisateurs en sont-ils informés avant ?", "Are users told before?")
    opt_out_without_reason: bool | None = asked(
        "Peuvent-ils s'y opposer sans motif ?", "Can they object without a reason?"
    )
    deidentified: bool | None = asked(
        "Seules des données pseudonymisées ou anonymisées sont-elles reprises ?",
        "Is only pseudonymised or anonymised data taken?",
    )
    sensitive_excluded: bool | None = asked(
        "Les données sensibles sont-elles écartées ?", "Is sensitive data left out?"
    )


class Reuse(Stated):
    """What a further use or a set of somebody else is judged by."""

    purpose_announced: bool | None = asked(
        "La finalité d'aujourd'hui était-elle annoncée lors de la collecte ?",
        "Was today's purpose announced at collection?",
    )
    allowed_by_consent_or_law: bool | None = asked(
        "Un consentement ou un texte permet-il cette réutilisation ?", "Does consent or a law allow this reuse?"
    )
    for_research_or_statistics: bool | None = asked(
        "Est-ce à des fins de recherche scientifique ou de statistique, avec des garanties ?",
        "Is it for scientific research or statistics, with safeguards?",
    )
    link_judged: bool | None = asked(
        "Le lien entre la finalité d'origine et la nouvelle a-t-il été examiné ?",
        "Was the link between the first purpose and the new one examined?",
    )
    context_judged: bool | None = asked(
        "Le contexte de la collecte et les attentes des personnes ?",
        "The context of collection and what persons expect?",
    )
    nature_judged: bool | None = asked(
        "La nature des données, sensibles notamment ?", "The nature of the data, sensitive data among it?"
    )
    effects_judged: bool | None = asked("Les conséquences pour les personnes ?", "The consequences for persons?")
    safeguards_judged: bool | None = asked("Les garanties prévues ?", "The safeguards planned?")
    found_compatible: bool | None = asked(
        "Votre conclusion : la réutilisation est-elle compatible ?", "Your conclusion: is the reuse compatible?"
    )
    manifestly_unlawful: bool | None = asked(
        "Le jeu est-il manifestement illicite (fuite, piratage, décision d'une autorité ou d'un juge) ?",
        "Is the set manifestly unlawful (leak, hack, decision of an authority or a court)?",
    )
    source_named: bool | None = asked(
        "Sa description nomme-t-elle la source des données ?", "Does its description name where the data comes from?"
    )
    known_decision_or_leak: bool | None = asked(
        "Une décision, une fuite ou un retrait connu vise-t-il le jeu ou son éditeur ?",
        "Does a known decision, leak or withdrawal concern the set or its publisher?",
    )
    sensitive_checked: bool | None = asked(
        "Si des données sensibles y figurent, ont-elles fait l'objet de vérifications approfondies ?",
        "If it holds sensitive data, was that checked in depth?",
    )
    licence_allows: bool | None = asked(
        "La licence ou les conditions d'utilisation permettent-elles cet usage ?",
        "Do the licence or the terms allow this use?",
    )
    supplier_agreement: bool | None = asked(
        "Un accord écrit lie-t-il le fournisseur ou le courtier ?", "Is there a written agreement with the supplier?"
    )


class Information(Stated):
    """How the persons concerned are told."""

    told: Literal["individually", "publicly", "not"] | None = asked(
        "Les personnes sont-elles informées : individuellement, par une information générale, ou pas ?",
        "Are persons told: individually, by a public notice, or not?",
    )
    told_on: datetime.date | None = asked("Depuis quand ?", "Since when?")
    already_told_of_this_reuse: bool | None = asked(
        "Savent-elles déjà, précisément, que leurs données servent à ce développement ?",
        "Do they already know, precisely, that their data serves this development?",
    )
    has_contact_details: bool | None = asked(
        "Disposez-vous de leurs coordonnées ?", "Do you hold their contact details?"
    )
    contact_is_disproportionate: bool | None = asked(
        "Avez-vous conclu que les joindre demanderait un effort disproportionné au regard de l'atteinte ?",
        "Did you conclude that reaching them takes an effort out of proportion to the intrusion?",
    )
    contact_is_impossible: bool | None = asked(
        "Les joindre est-il impossible, ou viderait-il le traitement de son objet ?",
        "Is reaching them impossible, or would it defeat the purpose?",
    )
    collection_laid_down_by_law: bool | None = asked(
        "Un texte prévoit-il expressément cette collecte, ou le secret professionnel s'y oppose-t-il ?",
        "Does a law expressly provide for this collection, or professional secrecy forbid telling?",
    )
    effort_weighed: bool | None = asked(
        "L'effort et l'atteinte ont-ils été mis en balance par écrit ?",
        "Were effort and intrusion weighed in writing?",
    )
    public_notice: bool | None = asked(
        "Une information générale est-elle publiée ?", "Is a general notice published?"
    )
    sources_named: bool | None = asked(
        "Les sources, ou leurs catégories, y sont-elles nommées ?", "Does it name the sources, or their categories?"
    )
    first_contact_on: datetime.date | None = asked(
        "Date du premier contact avec les personnes, s'il y en a un",
        "Date of the first contact with the persons, if any",
    )
    first_disclosure_on: datetime.date | None = asked(
        "Date de la première communication à un destinataire, sous-traitants compris",
        "Date of the first disclosure to a recipient, processors included",
    )


class DataSet(Stated):
    id: str
    title: str | None = asked("Qu'est-ce que ce jeu de données ?", "What is this data set?")
    role: Literal["training", "validation", "test", "annotation", "other"] | None = asked(
        "À quoi sert-il (entraînement, validation, test…) ?", "What is it for (training, validation, test…)?"
    )
    personal_data: bool | None = asked(
        "Contient-il des données personnelles, même incidemment ?", "Does it hold personal data, even incidentally?"
    )
    claimed_anonymous: bool | None = asked("Est-il présenté comme anonyme ?", "Is it presented as anonymous?")
    anonymity_shown: bool | None = asked(
        "Son anonymat a-t-il été démontré et documenté ?", "Was its anonymity shown and documented?"
    )
    is_synthetic: bool | None = asked("Est-il synthétique ?", "Is it synthetic?")
    origins: tuple[Origin, ...] | None = asked(
        "D'où vient-il (collecté, réutilisé, conversations, moissonné, jeu public, tiers, engendré) ?",
        "Where does it come from (collected, reused, conversations, scraped, public set, third party, generated)?",
    )
    is_indirect: bool | None = asked(
        "Les données viennent-elles d'ailleurs que des personnes elles-mêmes ?",
        "Does the data come from elsewhere than the persons themselves?",
    )
    sources: tuple[str, ...] | None = asked("Quelles sont les sources ?", "Which are the sources?")
    persons: int | None = asked("Combien de personnes sont concernées ?", "How many persons are concerned?", ge=0)
    records: int | None = asked("Combien d'enregistrements ?", "How many records?", ge=0)
    categories: tuple[str, ...] | None = asked("Quelles catégories de données ?", "Which categories of data?")
    special_categories: bool | None = asked(
        "Des données sensibles (article 9) y figurent-elles ?", "Does it hold sensitive data (article 9)?"
    )
    article_9: Article9 | None = asked(
        "Quelle exception de l'article 9 est invoquée ?", "Which exception of article 9 is relied on?"
    )
    offences: bool | None = asked(
        "Des données d'infraction (article 10) y figurent-elles ?", "Does it hold offence data (article 10)?"
    )
    article_10: str | None = asked(
        "Quel texte autorise le traitement des données d'infraction ?", "Which law allows processing offence data?"
    )
    minors: bool | None = asked("Des mineurs sont-ils concernés ?", "Are minors concerned?")
    vulnerable: bool | None = asked(
        "D'autres personnes vulnérables (patients, salariés, demandeurs d'asile…) ?",
        "Other vulnerable persons (patients, employees, asylum seekers…)?",
    )
    from_user_devices: bool | None = asked(
        "Des données sont-elles lues sur l'appareil de l'utilisateur ?", "Is data read from users' devices?"
    )
    legal_basis: Basis | None = asked("Sur quelle base légale ?", "On which legal basis?")
    legal_basis_set_on: datetime.date | None = asked(
        "Quand la base légale a-t-elle été retenue ?", "When was the legal basis chosen?"
    )
    public_task_text: str | None = asked(
        "Quel texte fixe la mission d'intérêt public ?", "Which law lays down the public task?"
    )
    consent_proven: bool | None = asked(
        "La preuve de chaque consentement est-elle gardée ?", "Is the proof of each consent kept?"
    )
    consent_withdrawable: bool | None = asked(
        "Le consentement peut-il être retiré aussi simplement que donné ?",
        "Can consent be withdrawn as easily as given?",
    )
    consent_free: bool | None = asked(
        "Les personnes peuvent-elles refuser sans en pâtir (consentement libre, hors de tout lien de dépendance) ?",
        "Can persons refuse without detriment (consent freely given, outside any dependence)?",
    )
    strictly_needed: bool | None = asked(
        "Le contrat ou l'obligation légale exige-t-il précisément ce traitement ?",
        "Does the contract or the legal obligation require precisely this processing?",
    )
    collected_from: datetime.date | None = asked("Début de la collecte", "Start of the collection")
    collected_until: datetime.date | None = asked("Fin de la collecte", "End of the collection")
    is_fed_continuously: bool | None = asked(
        "Est-il conservé ou alimenté en continu ?", "Is it kept or fed continuously?"
    )
    retention_until: datetime.date | None = asked("Date de fin de conservation", "End of retention")
    is_shared: bool | None = asked("Le jeu est-il partagé ou publié ?", "Is the set shared or published?")
    countries: tuple[str, ...] | None = asked(
        "Dans quels pays est-il hébergé ou consulté (codes à deux lettres) ?",
        "In which countries is it hosted or read (two-letter codes)?",
    )
    sha256: str | None = asked("Empreinte SHA-256 du fichier", "SHA-256 of the file", pattern="^[0-9a-f]{64}$")
    person_categories: tuple[str, ...] | None = asked(
        "Quelles catégories de personnes (patients, clients, salariés…) ?",
        "Which categories of persons (patients, clients, employees…)?",
    )
    finds_dismissed_on: datetime.date | None = asked(
        "Quand ce qu'une analyse y a repéré a-t-il été vérifié, cas par cas, et reconnu comme ne visant personne ?",
        "When was what a scan found in it checked, one by one, and found to be about nobody?",
    )
    erased_on: datetime.date | None = asked(
        "Quand a-t-il été effacé, ou anonymisé ?", "When was it erased, or made anonymous?"
    )
    scraping: Scraping = Scraping()
    conversations: Conversations = Conversations()
    reuse: Reuse = Reuse()
    information: Information = Information()
