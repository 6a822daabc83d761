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
        "Les critères de moissonnage ont-ils été écrits avant la collecte ?",
        "Were the criteria of scraping written before the collection?",
    )
    unneeded_filtered: bool | None = asked(
        "Les catégories de données inutiles sont-elles filtrées lors du moissonnage ?",
        "Are needless categories of data filtered out while scraping?",
    )
    site_types_excluded: bool | None = asked(
        "Les types de sites à écarter (santé, mineurs, adultes, généalogie…) le sont-ils ?",
        "Are the kinds of sites to leave out (health, minors, adult, genealogy…) left out?",
    )
    irrelevant_erased: bool | None = asked(
        "Les données non pertinentes moissonnées malgré tout sont-elles effacées aussitôt repérées ?",
        "Is irrelevant data that was scraped all the same erased once noticed?",
    )
    sensitive_excluded: bool | None = asked(
        "Les données sensibles sont-elles exclues du moissonnage, et effacées si elles passent ?",
        "Is sensitive data left out of scraping, and erased where it slips through?",
    )
    objecting_sites_excluded: bool | None = asked(
        "Les sites qui s'opposent au moissonnage (robots.txt, CAPTCHA) sont-ils écartés ?",
        "Are sites that object to scraping (robots.txt, CAPTCHA) left out?",
    )
    terms_respected: bool | None = asked(
        "Les conditions d'utilisation des sites et les signaux comme ai.txt sont-ils respectés ?",
        "Are terms of use of sites and signals like ai.txt respected?",
    )
    no_login_only: bool | None = asked(
        "Seules des pages accessibles sans compte sont-elles moissonnées ?",
        "Are only pages scraped that are reachable without an account?",
    )
    deny_list: bool | None = asked(
        "Une liste de sites intrusifs écartés par défaut est-elle tenue ?",
        "Is a list of intrusive sites, left out by default, kept?",
    )
    push_back_list: bool | None = asked(
        "Une liste repoussoir est-elle consultée avant la collecte ?",
        "Is a suppression list consulted before the collection?",
    )
    pseudonymised_early: bool | None = asked(
        "Les données moissonnées sont-elles pseudonymisées dès la collecte ?",
        "Is scraped data pseudonymised upon collection?",
    )
    widely_announced: bool | None = asked(
        "Le moissonnage est-il annoncé largement ?", "Is the scraping announced widely?"
    )


class Conversations(Stated):
    """Conversations of users with a system, taken again to improve a model."""

    users_informed: bool | None = asked(
        "Les utilisateurs sont-ils informés, au préalable, de la reprise de leurs conversations ?",
        "Are users told beforehand that their conversations are taken again?",
    )
    opt_out_without_reason: bool | None = asked(
        "Les utilisateurs peuvent-ils s'opposer sans motif à la reprise de leurs conversations ?",
        "Can users object, without a reason, to their conversations being taken again?",
    )
    deidentified: bool | None = asked(
        "Seules des conversations pseudonymisées ou anonymisées sont-elles reprises ?",
        "Are only pseudonymised or anonymised conversations taken again?",
    )
    sensitive_excluded: bool | None = asked(
        "Les données sensibles sont-elles écartées des conversations reprises ?",
        "Is sensitive data left out of the conversations taken again?",
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
        "La réutilisation sert-elle la recherche scientifique ou la statistique, avec des garanties ?",
        "Does the reuse serve scientific research or statistics, with safeguards?",
    )
    link_judged: bool | None = asked(
        "Le lien entre la finalité d'origine et la nouvelle a-t-il été examiné ?",
        "Was the link between the first purpose and the new one examined?",
    )
    context_judged: bool | None = asked(
        "Le contexte de la collecte et les attentes des personnes ont-ils été examinés ?",
        "Were the context of the collection and what persons expect examined?",
    )
    nature_judged: bool | None = asked(
        "La nature des données, sensibles notamment, a-t-elle été examinée ?",
        "Was the nature of the data, sensitive data among it, examined?",
    )
    effects_judged: bool | None = asked(
        "Les conséquences de la réutilisation pour les personnes ont-elles été examinées ?",
        "Were the consequences of the reuse for persons examined?",
    )
    safeguards_judged: bool | None = asked(
        "Les garanties prévues pour la réutilisation ont-elles été examinées ?",
        "Were the safeguards planned for the reuse examined?",
    )
    found_compatible: bool | None = asked(
        "Votre conclusion : la réutilisation est-elle compatible ?", "Your conclusion: is the reuse compatible?"
    )
    manifestly_unlawful: bool | None = asked(
        "Est-il manifestement illicite (fuite, piratage, décision d'une autorité ou d'un juge) ?",
        "Is it manifestly unlawful (leak, hack, decision of an authority or a court)?",
    )
    source_named: bool | None = asked(
        "Sa description nomme-t-elle la source des données ?", "Does its description name where the data comes from?"
    )
    known_decision_or_leak: bool | None = asked(
        "Une décision, une fuite ou un retrait connu vise-t-il ce jeu ou son éditeur ?",
        "Does a known decision, leak or withdrawal concern this set or its publisher?",
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
    told_on: datetime.date | None = asked(
        "Depuis quand les personnes sont-elles informées ?", "Since when are persons told?"
    )
    already_told_of_this_reuse: bool | None = asked(
        "Les personnes savent-elles déjà, précisément, que leurs données servent à ce développement ?",
        "Do persons already know, precisely, that their data serves this development?",
    )
    has_contact_details: bool | None = asked(
        "Disposez-vous des coordonnées des personnes ?", "Do you hold contact details of the persons?"
    )
    contact_is_disproportionate: bool | None = asked(
        "Avez-vous conclu que joindre les personnes demanderait un effort disproportionné au regard de l'atteinte ?",
        "Did you conclude that reaching persons takes an effort out of proportion to the intrusion?",
    )
    contact_is_impossible: bool | None = asked(
        "Joindre les personnes est-il impossible, ou cela viderait-il le traitement de son objet ?",
        "Is reaching persons impossible, or would it defeat the purpose of the processing?",
    )
    collection_laid_down_by_law: bool | None = asked(
        "Un texte prévoit-il expressément cette collecte, ou le secret professionnel interdit-il d'en informer les personnes ?",
        "Does a law expressly provide for this collection, or does professional secrecy forbid telling persons of it?",
    )
    effort_weighed: bool | None = asked(
        "L'effort pour joindre les personnes et l'atteinte qu'elles subissent ont-ils été mis en balance par écrit ?",
        "Were the effort to reach persons and the intrusion weighed in writing?",
    )
    public_notice: bool | None = asked(
        "Une information générale des personnes est-elle publiée ?", "Is a general notice to persons published?"
    )
    sources_named: bool | None = asked(
        "L'information des personnes nomme-t-elle les sources, ou leurs catégories ?",
        "Does what persons are told name the sources, or their categories?",
    )
    first_contact_on: datetime.date | None = asked(
        "Quand a lieu le premier contact avec les personnes, s'il y en a un ?",
        "When is the first contact with the persons, if any?",
    )
    first_disclosure_on: datetime.date | None = asked(
        "Quand a lieu la première communication à un destinataire, sous-traitants compris ?",
        "When is the first disclosure to a recipient, processors included?",
    )


class DataSet(Stated):
    id: str
    title: str | None = asked("En quelques mots, que contient-il ?", "In a few words, what does it hold?")
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
    sources: tuple[str, ...] | None = asked("Quelles sont ses sources ?", "Which are its sources?")
    persons: int | None = asked("Combien de personnes y figurent ?", "How many persons are in it?", ge=0)
    records: int | None = asked("Combien d'enregistrements contient-il ?", "How many records does it hold?", ge=0)
    categories: tuple[str, ...] | None = asked(
        "Quelles catégories de données contient-il ?", "Which categories of data does it hold?"
    )
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
    minors: bool | None = asked("Des mineurs y figurent-ils ?", "Are minors in it?")
    vulnerable: bool | None = asked(
        "Des personnes vulnérables autres que des mineurs (patients, salariés, demandeurs d'asile…) sont-elles concernées ?",
        "Are vulnerable persons other than minors (patients, employees, asylum seekers…) concerned?",
    )
    from_user_devices: bool | None = asked(
        "Ses données sont-elles lues sur l'appareil de l'utilisateur ?", "Is its data read from users' devices?"
    )
    legal_basis: Basis | None = asked(
        "Sur quelle base légale est-il traité ?", "On which legal basis is it processed?"
    )
    legal_basis_set_on: datetime.date | None = asked(
        "Quand sa base légale a-t-elle été retenue ?", "When was its legal basis chosen?"
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
    collected_from: datetime.date | None = asked(
        "Quand sa collecte a-t-elle commencé ?", "When did its collection start?"
    )
    collected_until: datetime.date | None = asked(
        "Quand sa collecte s'est-elle achevée ?", "When did its collection end?"
    )
    is_fed_continuously: bool | None = asked(
        "Est-il conservé ou alimenté en continu ?", "Is it kept or fed continuously?"
    )
    retention_until: datetime.date | None = asked("Jusqu'à quand est-il conservé ?", "Until when is it kept?")
    is_shared: bool | None = asked("Est-il partagé ou publié ?", "Is it shared or published?")
    countries: tuple[str, ...] | None = asked(
        "Dans quels pays est-il hébergé ou consulté (codes à deux lettres) ?",
        "In which countries is it hosted or read (two-letter codes)?",
    )
    sha256: str | None = asked(
        "Quelle est l'empreinte SHA-256 du fichier ?", "What is the SHA-256 of the file?", pattern="^[0-9a-f]{64}$"
    )
    person_categories: tuple[str, ...] | None = asked(
        "Quelles catégories de personnes y figurent (patients, clients, salariés…) ?",
        "Which categories of persons are in it (patients, clients, employees…)?",
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
