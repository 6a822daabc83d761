"""Made French texts: prose, business documents, court reports, with decoys. No person is real.

`{f1}` first name, `{s1}` surname, `{S1}` the same in capitals, `{i1}` initial; `{way}`, `{num}`, `{pc}`, `{town}` of an
address; `{day}`, `{month}`, `{year}`, `{mm}`, `{dd}` of a date. `<p>` marks a person, `<a>` an address, `<b>` a birth date.
The detectors were written with the errors on DEVELOPMENT in view. The errors on HELD_OUT were never looked at, but its rates
were, and both come from the hand that wrote the rules: unseen texts of others may well be harder.
"""

DEVELOPMENT = {
    "prose": [
        "Hier soir, <p>{f1} {s1}</p> est rentrée tard de Lyon. Son mari, <p>{f2}</p>, l'attendait devant la gare de Perrache. « Tu as mangé ? » demanda <p>{f2}</p>. Elle haussa les épaules ; rue Victor Hugo, les boutiques étaient fermées.",
        "Le vieux <p>{s1}</p> n'avait jamais quitté Saint-Malo. Chaque matin, il saluait Mme <p>{s2}</p>, la boulangère, puis descendait vers le port. On racontait que <p>{f3} {s1}</p>, son fils, travaillait à Toulouse chez Airbus.",
        "<p>{f1}</p> et <p>{f2} {s2}</p> se sont rencontrés en mars à la bibliothèque. Depuis, ils lisent ensemble Le Monde et boivent du thé. <p>{f1}</p> voudrait partir en Italie ; <p>{f2}</p> préfère la Bretagne.",
        "Monsieur <p>{s1}</p>, professeur de mathématiques au lycée Jean Moulin, expliquait le théorème de Pythagore. Au fond de la classe, <p>{f2}</p> dessinait une rose et un pont.",
        "La maison appartenait à <p>{f1} de {s1}</p>. Après la guerre, le docteur <p>{s2}</p> l'avait louée pendant dix ans. Le mardi, une pierre est tombée du toit, et <p>{f3} {s3}</p> a prévenu la mairie.",
        "Je m'appelle <p>{f1} {s1}</p>, je suis née le <b>{day} {month} {year}</b> à {town} et j'habite <a>{num} {way}, {pc} {town}</a>. Ma sœur <p>{f2}</p> vit en Belgique.",
        "Selon <p>{f1} {s1}</p>, chercheuse à l'Université de Bordeaux, la Garonne monte plus vite en avril. Son collègue <p>{f2} {s2}</p> n'est pas d'accord. L'Institut Pasteur publiera une étude en juin.",
        "Ce jour-là, la directrice, <p>{f1} {s1}</p>, avait réuni tout le monde. « Le Conseil a voté », dit-elle. <p>{f2}</p> applaudit. Personne ne remarqua que <p>{s3}</p> était parti.",
        "Code civil en main, le maire lut les articles. <p>{f1}</p> serra la main de <p>{f2}</p>. Place de la République, Martine, la statue, semblait sourire.".replace(
            "Martine, la statue,", "la statue"
        ),
        "Au marché de Noël, on croise des habitués : <p>{f1}</p>, qui vend du miel, <p>{f2} {s2}</p> et sa fille <p>{f3}</p>. Le Crédit Agricole a offert des bonnets rouges. Avenue Jean Jaurès, la circulation était coupée.",
    ],
    "business": [
        "Objet : Réunion du {day} {month}\n\nBonjour <p>{f1}</p>,\n\nMerci pour le compte rendu. Pouvez-vous transmettre le devis à M. <p>{s2}</p> avant vendredi ? Le dossier Renault Trucks reste ouvert.\n\nCordialement,\n<p>{f3} {s3}</p>\nResponsable des achats\nSociété Dupré & Fils SARL",
        "CONTRAT DE TRAVAIL À DURÉE INDÉTERMINÉE\n\nEntre la société Atlantique Conseil SAS, représentée par Mme <p>{f1} {S1}</p>, en qualité de gérante,\net M. <p>{f2} {S2}</p>, né le <b>{dd}/{mm}/{year}</b> à {town}, demeurant <a>{num} {way}, {pc} {town}</a>,\nil a été convenu ce qui suit. Le contrat prend effet le 1er septembre 2023, conformément au Code du travail.",
        "FACTURE N° 2024-118\nDate : 12/03/2024\nClient : <p>{f1} {s1}</p>\nAdresse : <a>{num} {way}\n{pc} {town}</a>\nDésignation : Peinture du salon\nTotal TTC : 1 250,00 €\nÉchéance : 11/04/2024",
        "Nom : <p>{S1}</p>\nPrénom : <p>{f1}</p>\nDate de naissance : <b>{dd}/{mm}/{year}</b>\nAdresse : <a>{num} bis {way}, {pc} {town}</a>\nSituation : mariée, deux enfants",
        "Compte rendu du comité du 3 avril 2023\nPrésents : <p>{f1} {s1}</p>, <p>{f2} {s2}</p>, <p>{i3}. {s3}</p>\nExcusée : Mme <p>{s4}</p>\nMme <p>{s4}</p> sera tenue informée. <p>{f1} {s1}</p> présente le budget ; <p>{s2}</p> demande un délai. Le projet Horizon est reporté au lundi suivant.",
        "Suite à notre entretien téléphonique, je vous confirme que <p>{f1} {s1}</p> (service Paie) prendra contact avec la banque. Copie : <p>{f2} {s2}</p>, <p>{f3} {s3}</p>. Le siège de la Banque Populaire se trouve à Paris.",
        "Le fournisseur Martin Électricité SARL livrera mardi. Contact : <p>{f1} {s1}</p>, 04 72 00 00 00. En cas d'absence, joindre <p>{f2}</p> au standard.",
        "ATTESTATION\n\nJe soussignée <p>{f1} {s1}</p>, née le <b>{day} {month} {year}</b>, atteste héberger à mon domicile, <a>{num}, {way}, {pc} {town}</a>, Monsieur <p>{f2} {s2}</p> depuis le 2 mai 2021.\nFait à {town}, le 4 juin 2022\nSigné : <p>{f1} {s1}</p>",
    ],
    "court": [
        "COUR D'APPEL DE {TOWN}\nARRÊT DU 14 MARS 2019\n\nAPPELANT :\nMonsieur <p>{f1} {S1}</p>\nné le <b>{day} {month} {year}</b> à {town}\n<a>{num} {way}\n{pc} {town}</a>\nreprésenté par Me <p>{f2} {S2}</p>, avocat au barreau de {town}\n\nINTIMÉE :\nSA Générale des Eaux\nreprésentée par Maître <p>{f3} {S3}</p>\n\nLa Cour, composée de Mme <p>{s4}</p>, présidente, a rendu l'arrêt suivant.",
        "Attendu que M. <p>{s1}</p> a été engagé par la société Transports Leroy en qualité de chauffeur ; que M. <p>{s1}</p> a saisi le conseil de prud'hommes ; qu'aux termes de l'article L. 1235-3 du code du travail, la salariée, Mme <p>{f2} {s2}</p>, soutient avoir subi un harcèlement.",
        "Vu l'article 700 du Code de procédure civile, le Tribunal condamne <p>{f1} {s1}</p> aux dépens. Le témoin <p>{f2} {s2}</p> a déclaré que le prévenu se trouvait avenue Foch. Le sieur <p>{s3}</p> conteste. M. X... n'a pas comparu.",
        "Les époux <p>{s1}</p> ont acquis un terrain. <p>{f1} {s1}</p> est décédé le 4 janvier 2011, laissant pour héritiers <p>{f2} {s1}</p>, son épouse, et <p>{f3} {s1}</p>. La loi Badinter est applicable. Me <p>{s4}</p>, notaire à {town}, a dressé l'acte.",
        "Par jugement du 12 juin 2015, le tribunal de grande instance de Nanterre a débouté Mme <p>{f1} {S1}</p> épouse <p>{S2}</p> de ses demandes. Le greffier, <p>{f3} {s3}</p>. Le président, <p>{i4}. {s4}</p>.",
    ],
    "decoy": [
        "Rue Pierre Curie, le lycée Marie Curie jouxte l'hôpital Georges Pompidou. L'arrêt Blanco et la loi Evin sont au programme. Le Code civil fut promulgué en mars.",
        "Renault, Peugeot et Citroën présentent leurs comptes en avril. La société Martin & Associés SAS recrute. Boulevard Saint-Michel, la librairie Gibert est ouverte le dimanche.",
        "La Pierre est lourde. Rose fanée, jardin clos. Le Petit Paris, restaurant de quartier, ferme en août. Mars et Avril furent froids.",
        "Le Grand Prix de Monaco, la Coupe Davis et le Tour de France sont diffusés par France Télévisions. L'aéroport Charles de Gaulle est saturé.",
        "Le règlement intérieur du Parc Astérix interdit les chiens. Le théorème de Thalès, la loi d'Ohm et l'effet Doppler sont révisés en première. Mont Blanc, Lac d'Annecy et Gorges du Verdon attirent les touristes.",
        "Conditions Générales de Vente. Article Premier : Objet. Article Second : Prix. Le Client et le Vendeur acceptent. Direction Générale des Finances Publiques, Centre Hospitalier Universitaire, Pôle Emploi.",
    ],
}
HELD_OUT = {
    "prose": [
        "Quand <p>{f1}</p> poussa la porte, <p>{f2} {s2}</p> dormait encore. Sur la table, une lettre de Maître <p>{s3}</p> annonçait la vente de la ferme. <p>{f1}</p> la déchira, puis appela sa mère à Marseille.",
        "Le match a été arbitré par <p>{f1} {s1}</p>. Sur le banc, <p>{s2}</p> enrageait ; l'entraîneur <p>{f3} {s3}</p> avait choisi de le laisser au repos. Le stade Vélodrome grondait.",
        "Nous avons interrogé <p>{f1} {s1}</p>, infirmière de nuit, 42 ans. « Depuis le Covid, tout a changé », raconte <p>{f1}</p>. Sa voisine, Mme <p>{s2}</p>, confirme. Le Ministère n'a pas répondu.",
        "La grand-mère de <p>{f1}</p> habitait près du canal Saint-Martin. Elle disait que <p>{f2} {s2}</p> avait chanté à l'Olympia avec <p>{f3}</p>. Dans le jardin, un olivier penchait vers le sud.",
        "<p>{s1}</p> se leva. Il traversa la place Bellecour, salua l'abbé <p>{s2}</p> et entra chez <p>{f3} {s3}</p>, le libraire. Dehors, avril finissait sous la pluie.",
        "Mon oncle <p>{f1}</p>, né en <b>{month} {year}</b>, fut marin. Il a connu <p>{f2} de {s2}</p> à Brest, et un certain <p>{s3}</p>, mécanicien, dont il parlait souvent.",
        "Invitée de France Inter, l'économiste <p>{f1} {s1}</p> estime que la croissance ralentit. Pour <p>{f2} {s2}</p>, de la Banque de France, il est trop tôt. Le professeur <p>{s3}</p> se montre prudent.",
    ],
    "business": [
        "De : <p>{f1} {s1}</p>\nÀ : <p>{f2} {s2}</p>\nObjet : relance\n\nChère Madame <p>{s2}</p>,\n\nSauf erreur de notre part, la facture du 3 février reste impayée. Merci de régler à l'ordre de Sud Matériaux SAS.\n\nBien à vous,\n<p>{f1} {s1}</p>",
        "CURRICULUM VITÆ\n<p>{f1} {S1}</p>\n<a>{num} {way}\n{pc} {town}</a>\nNée le <b>{dd}/{mm}/{year}</b>\nExpérience : assistante chez Bouygues Immobilier (2015-2019)\nRéférence : M. <p>{f2} {s2}</p>, directeur d'agence",
        "BAIL D'HABITATION\nLe bailleur : <p>{f1} {s1}</p>, demeurant <a>{num} {way}, {pc} {town}</a>\nLe preneur : <p>{f2} {s2}</p>, né le <b>{day} {month} {year}</b>\nLe loyer est de 640 euros, payable le 5 de chaque mois. Loi du 6 juillet 1989.",
        "Salarié : <p>{S1} {f1}</p>\nMatricule : 00412\nNé(e) le : <b>{dd}/{mm}/{year}</b>\nEmployeur : Boulangeries Réunies SA\n<a>BP 112, {pc} {town} CEDEX</a>\nPériode du 01/03/2022 au 31/03/2022",
        "Ordre du jour : 1. Approbation du procès-verbal ; 2. Intervention de <p>{f1} {s1}</p> ; 3. Divers. <p>{f2} {s2}</p> assure le secrétariat. Monsieur <p>{s3}</p> rappelle que la Direction a validé l'achat des serveurs Dell.",
        "Merci d'adresser le colis à l'attention de <p>{f1} {s1}</p>, <a>{num} {way}, {pc} {town}</a>. Transporteur : Chronopost. Signature du destinataire : <p>{s1}</p>.",
    ],
    "court": [
        "ENTRE :\nMme <p>{f1} {S1}</p>, née le <b>{day} {month} {year}</b> à {town}, de nationalité française, demeurant <a>{num} {way} - {pc} {town}</a>, demanderesse, ayant pour avocat Me <p>{s2}</p>,\nET :\nla compagnie AXA France IARD, défenderesse.",
        "Le ministère public reproche à <p>{f1} {s1}</p> d'avoir, à {town}, frauduleusement soustrait un véhicule appartenant à <p>{f2} {s2}</p>. Entendu à l'audience, <p>{s1}</p> a reconnu les faits. L'expert, le docteur <p>{f3} {s3}</p>, a déposé son rapport.",
        "Considérant que MM. <p>{s1}</p> et <p>{s2}</p> demandent l'annulation du permis de construire délivré par le maire de {town} ; que M. <p>{s1}</p> justifie de sa qualité de voisin ; rapporteur public : M. <p>{f3} {s3}</p>.",
        "Sur le pourvoi formé par M. <p>{f1} {s1}</p>, domicilié <a>{num} {way}, {pc} {town}</a>, contre l'arrêt rendu le 9 octobre 2018 par la cour d'appel de Douai, dans le litige l'opposant à Mme <p>{f2} {s2}</p>, veuve <p>{s3}</p>.",
    ],
    "decoy": [
        "La station Charles Michels est fermée. Le prix Louis Delluc a été remis au théâtre Sarah Bernhardt. L'amendement Wauthier a été rejeté en mai.",
        "Le groupe Legrand et la maison Boucheron investissent. Le fort de Vincennes rouvre. Rivière en crue, Vallée inondée, Pont coupé : Météo France alerte.",
        "Carrefour Market, Boulanger et Leroy Merlin ouvrent le lundi de Pentecôte. Place Jean Rostand, la fontaine coule. Les Trois Mousquetaires est réédité chez Gallimard.",
        "Le Règlement Général sur la Protection des Données s'applique. Plan Local d'Urbanisme, Cour de Cassation, Conseil Départemental du Rhône. La tempête Ciaran a touché la Manche.",
    ],
}
