"""Words in English and French that stand for a code of the codebook, and no others.

A word that only looks like a code says nothing of what is meant, so nothing is
matched by similar letters: Blanc is white, and nearer to black letter by letter.
"""

import unicodedata
from collections.abc import Mapping

SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "gender": {
        "female": "f, femme, woman, feminin, feminine",
        "male": "m, h, homme, man, masculin, masculine",
        "another": "other, autre, non binary, non binaire, x",
    },
    "ethnocultural": {
        "white": "blanc, blanche, caucasian, caucasien, caucasienne",
        "indigenous": "autochtone, aboriginal, first nations, first nation, "
        "premieres nations, premiere nation, metis, inuit, amerindien, amerindienne",
        "black": "noir, noire",
        "asian": "asiatique",
        "latin_american": "latino americain, latino americaine, latino, latina, "
        "hispanic, hispanique",
        "middle_eastern": "moyen oriental, moyen orientale, moyen orient, middle east",
        "another": "other, autre",
    },
    "language": {
        "french": "fr, fra, fre, francais, francaise, francophone",
        "english": "en, eng, ang, anglais, anglaise, anglophone",
    },
    "diagnosis": {
        "schizophrenia": "schizophrenie, schizoaffective, schizoaffective disorder, "
        "trouble schizoaffectif, schizophrenie et troubles apparentes",
        "bipolar": "bipolaire, trouble bipolaire, maladie bipolaire",
        "borderline": "bpd, tpl, borderline personality, etat limite, trouble limite, "
        "trouble de la personnalite limite, personnalite limite",
        "other": "another, autre, autre diagnostic",
    },
    "mode": {
        "in_person": "face to face, en personne, en presence, presentiel",
        "telephone": "phone, by phone, tel, par telephone, telephonique",
    },
}


def folded(text: str) -> str:
    """Make alike what differs in case, accents, hyphens and spaces alone."""
    bare = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    for sign in "_-.’'/":
        letters = letters.replace(sign, " ")
    return " ".join(letters.split())


def code_meant(column: str, text: str) -> str | None:
    """Find the code that a word of the table stands for; None for any other word.

    Parameters
    ----------
    column : str
        Name of the column.
    text : str
        As it stands in the cell.
    """
    for code, words in SYNONYMS.get(column, {}).items():
        if folded(text) in words.split(", "):
            return code
    return None
