"""What Snowball's stemmers leave apart: the forms of one word that do not come out as one stem.

Words come folded: small letters, no accents. Of each language first `IRREGULAR` (whole words), then `SPELLED` (two
ways to write a word), then the first of `ENDINGS` that fits; what comes out is stemmed. `OF_STEMS` mends stems.
Every rule is about forms of the same word; that a word and another one become the same now and then costs less than
a text that is not found. A table of some hundred words holds all that (tests/search/test_word_forms.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SPELLED = {
    # As British and as American people write.
    "en": [
        (r"(?<=\w\w)is(e|es|ed|ing|er|ers|ation|ations|able)$", r"iz\1"),
        (r"(?<=\w\w)ys(e|es|ed|ing|er|ers)$", r"yz\1"),
        (r"(?<=\w\w\w)our(s|ed|ing|al|able|ful|less|ly|ite|ites|hood|hoods)?$", r"or\1"),
        (r"(?<=\w\w)([tb])re(s?)$", r"\1er\2"),
        (r"(?<=\w\w)ogue(s?)$", r"og\1"),
        (r"(?<=\w\w)amme(s?)$", r"am\1"),
    ],
    # As before and after the orthographic agreement of 1990: “acção, ação”, “óptimo, ótimo”.
    "pt": [(r"(?<=[aeiou])[cp](?=[ct][aeiour])", "")],
}

ENDINGS = {
    "es": [
        (r"(?<=\w\w)bles", "ble"),
        ("ces", "z"),
        (r"(?<=[lrndj])es", ""),
        ("os", "o"),
        ("as", "a"),
    ],
    "fr": [
        ("travaux", "travail"),
        (r"(?<=\w\w)eaux", "eau"),
        (r"(?<=\w\w)aux", "al"),
        ("ees?", "e"),
        (r"(?<=\w)ives?", "if"),
        (r"(?<=\w)trices?", "teur"),
        (r"(?<=\w\w)eres?", "er"),
        (r"(ill|nt|ns)euses?", r"\1eur"),
    ],
    "ca": [
        ("ques", "ca"),
        ("tges", "tja"),
        (r"(?<=\w\w)ig(?:a|ues)", "ic"),
        ("(?<!portu)gues", "ga"),
        (r"(?<=\w)cions?", "ció"),
        (r"(?<=\w)cio", "ció"),
        ("sions?", "sió"),
        ("sio", "sió"),
        # “ciutadà, ciutadans, ciutadana”, “veí, veïns, veïna”, “cançó, cançons”, “comú, comuns, comuna”
        (r"(?<=\w\w)an(?:s|a|es)", "a"),
        (r"(?<=\w\w)in(?:s|a|es)", "i"),
        (r"(?<=\w\w)ons", "o"),
        (r"(?<=\w\w)un(?:s|a|es)", "u"),
        (r"(?<=\w)eus", "eu"),
        (r"(?<=\w\w)e(?:a|es)", "eu"),
        (r"(?<=\w)oi(?:s|a|es)", "oi"),
        # “congrés, congressos”, “concurs, concursos”, “anglès, anglesos, anglesa”, “dibuix, dibuixos”
        (r"(?<=\w\w)ssos", "s"),
        (r"(?<=[lnr])sos", "s"),
        (r"(?<=\w\w)es(?:os|a|es)", "es"),
        (r"(?<=\w)ix(?:os|a|es)", "ix"),
        (r"(?<=\w)ases", "asa"),
        (r"(?<=\w)bres", "bre"),
    ],
    "pt": [
        ("coes|cao|cães", "ção"),
        ("oes|aos|aes|ao", "ão"),
        (r"(?<=\w\w\w)ais", "al"),
        (r"(?<=\w\w\w)eis", "el"),
        (r"(?<=\w\w)ois", "ol"),
        (r"(?<=\w)uis", "ul"),
        (r"(?<=\w\w\w)(?<![aeou])is", "il"),
        ("ens", "em"),
        ("ns", "m"),
        (r"(?<=\w)eus", "eu"),
        (r"(?<=\w\w)es(?:es|as?)", "es"),
    ],
}

OF_STEMS = {
    # “vidéo, vidéos”, “emploi, emplois”
    "fr": [(r"(?<=\w\w[aiou])s", "")],
    # “platja, platges”, “passeig, passejos”
    "ca": [(r"(?<=\w\w)(?:tx|ig|j)", "g")],
}


def forms(text: str) -> dict[str, str]:
    """{form: word} of lines that begin with the word: "child children"."""
    return {form: word for word, *rest in map(str.split, text.strip().splitlines()) for form in rest}


IRREGULAR = {
    "en": forms("""
        child children
        schoolchild schoolchildren
        woman women
        man men
        person people persons
        foot feet
        tooth teeth
        mouse mice
        life lives
        half halves
        knife knives
        shelf shelves
        wolf wolves
        bus buses busses
        criterion criteria
        crisis crises
        analysis analyses
        gray grey
        defense defence
        offense offence
        license licence
        judgment judgement
        learn learnt
        teach taught
        build built
        win won
        meet met
        hold held
        lead led
        write wrote written
        speak spoke spoken
        choose chose chosen
        grow grew grown
        give gave given
        bring brought
        sing sang sung
    """),
    "es": forms("club clubs")
    | {
        word: f"{word}a"
        for word in "aragones burgues cordobes danes escoces finlandes frances holandes ingles interes irlandes "
        "japones leones polones portugues".split()
    },
    "fr": forms("""
        oeil yeux
        ciel cieux
        beau bel beaux belle belles
        nouveau nouvel nouvelle nouvelles
        vieux vieil vieille vieilles
        fou folle folles
        public publique publiques
        grec grecque grecques
        turc turque turques
        blanc blanche blanches
        franc franche franches
        frais fraiche fraiches
        sec seche seches
        doux douce douces
        roux rousse rousses
        long longue longues
        gros grosse grosses
        bref breve breves
        neuf neuve neuves
        prend prennent
        apprend apprennent
        comprend comprennent
    """)
    | {f"{word}x": word for word in "jeu enjeu feu lieu milieu voeu cheveu neveu adieu".split()},
    "ca": forms("""
        llengua llengues
        aigua aigues
        dia dies
        gran grans
        ma mans
        pa pans
        vi vins
        nou nova nous noves
        bo bons bona bones
        ple plens plena plenes
        segon segons segona segones
        mitja mig
        groc groga grogues
        valencian valencia valencians valenciana valencianes
    """),
    "pt": forms("""
        bom bons boa boas
        cidadao cidada cidadas
        irmao irma irmas
        alemao alema alemas
        heroi herois
        facil faceis
        dificil dificeis
        util uteis
        inutil inuteis
        agil ageis
        fragil frageis
        fertil ferteis
        textil texteis
        reptil repteis
    """),
}


def compiled(rules: Mapping[str, list], pattern: str = "(?:{})$") -> dict[str, list[tuple[re.Pattern, str]]]:
    return {code: [(re.compile(pattern.format(old)), new) for old, new in some] for code, some in rules.items()}


_SPELLED, _ENDINGS, _OF_STEMS = compiled(SPELLED, "{}"), compiled(ENDINGS), compiled(OF_STEMS)


def ready_for_stemmer(word: str, language: str) -> str:
    """A folded word in the form that the stemmer takes for all forms of it."""
    word = IRREGULAR.get(language, {}).get(word, word)
    word = first_that_fits(_SPELLED, word, language)
    if len(word) > (2 if language == "pt" else 3):
        word = first_that_fits(_ENDINGS, word, language)
    return word


def mended_stem(stem: str, language: str) -> str:
    return first_that_fits(_OF_STEMS, stem, language)


def first_that_fits(rules: Mapping[str, list], word: str, language: str) -> str:
    for ending, form in rules.get(language, ()):
        changed = ending.sub(form, word)
        if changed != word:
            return changed
    return word
