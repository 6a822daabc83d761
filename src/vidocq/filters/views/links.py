"""Words that say nothing but that something follows: between the parts of what is said in parts."""

LINK = (
    "puis|ensuite|enfin|finalement|suivie?s?|apr[èe]s|vient|viennent|ajoute[rz]?|[ée]cri(?:s|vez|re)|tape[rz]?|compose[rz]?|note[rz]?|"
    "vous|nous|la|le|les|suite|est|sont|partie|parties|groupe|bloc|morceau|chiffres?|derni[eè]re?s?|premi[eè]re?s?|et|de|"
    "du|des|par|commence[rz]?|termine[rz]?|virgule|espace|tiret|point|suivante?s?|voici|voil[àa]|encore|aussi|"
    "then|next|and|followed|by|the|part|parts|is|are|finally|last|first|add|comes?|after|that|group|block|digits?|"
    "you|we|put|write|type|dial|comma|space|dash|slash|hyphen|of|ends?|with|starts?|begins?|here|now|please|continue[sz]?"
)
"""Alternatives of a pattern; whole words, of two letters at least."""
