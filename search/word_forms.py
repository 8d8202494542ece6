"""What Snowball's stemmers leave apart: the forms of one word that do not come out as one stem.

Words come folded: small letters, no accents. Of each language first `IRREGULAR` (whole words), then of each list of
rules the first that fits: `SPELLED` (two ways to write a word), `VERBS` (their stems that change), `PLURALS`,
`ENDINGS`; what comes out is stemmed, unless `WHOLE` knows its stem. `OF_STEMS` mends stems. Every rule is about forms
of the same word; that a word and another one become the same now and then costs less than a text that is not found.
Tables of words hold all that, with words that stay apart (tests/search/test_word_forms.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.irregular_words import FRENCH_NOUNS_IN_ENT, IRREGULAR

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

# “espera, esperar”: no past of “esper”.
_IN_ERA = (r"^(alt|consid|coop|esp|gen|lib|mod|op|prosp|recup|sup|tol)era[mns]?$", r"\1erar")
_IN_ISTE = (r"^(ass|as|cons|ex|ins|pers|res)iste[mn]?$", r"\1istir")

_AFTER_STEM = "(?:ant|ons|ez|ait|aient)"

# “ouvrent, ouvrir”, “encuentran, encontrar”.
VERBS = {
    "ca": [
        _IN_ERA,
        (r"^(agrad|ajud|convid|cuid|deman|entren|salud)(?:a|en|i|in)$", r"\1ar"),
        (r"(?<=\w\w)(?<!con)(?<!par)(?<!mer)(?<!cr)(?<!mat)(?<!^d)(?<!^p)eix(?:en|i|in)?$", "ir"),
        (r"(?<=\w)qu(?:en|i|in)$", "car"),
    ],
    "pt": [_IN_ERA, _IN_ISTE],
    "es": [
        _IN_ERA,
        _IN_ISTE,
        (r"(?<=\w)uy(?:e|en|o|endo|eron)$", "uir"),
        (r"^(\w*[cdmpsv])ue(ntr|str|nt|st|rd|lv|v|rm|b|d)(an?|as|en?|es)$", r"\1o\2\3"),
        (
            r"^(?!tiend|piez)(adqu|adv|at|c|com|cons|cont|conv|def|desp|det|div|emp|enc|ent|ext|gob|interv|inv|mant|n|obt"
            r"|p|pref|prov|qu|r|recom|ref|requ|s|sost|sug|t|v)ie(ns|nz|z|nt|nd|mend|rd|rt|rr|r|rn|n|g)(an?|as|en?|es)$",
            r"\1e\2\3",
        ),
        (r"^(?!sitio)(comp|cons|corr|desp|el|imp|m|p|pers|rep|s)i(d|rv|gu|t|g)(en?|es|iendo|io|ieron)$", r"\1e\2ir"),
        (
            r"^(abr|aprend|comprend|conviv|cumpl|decid|descubr|escrib|perd|permit|recib|reun|sal|suced|un|viv|volv)io$",
            r"\1e",
        ),
        (r"^(aparec|apet|conoc|crec|establec|favorec|nac|ofrec|parec|pertenec)(?:io|ieron)$", r"\1er"),
    ],
    "fr": [
        (r"^(|ap|com|entre|re|sur)pr(?:enne?(?:nt|s)?|ends?|endr\w+|en(?:ant|ez|ons|ait|aient)|is)$", r"\1prend"),
        (r"^(ap|com)prises?$", r"\1prend"),
        (r"^(|ad|com|per|pro|re|sou|trans)m(?:et(?:s|t\w+)?|is|ises?)$", r"\1mett"),
        (
            r"^(|appar|con|contre|de|entre|inter|main|ob|par|pre|pro|re|sou|sur)([tv])"
            rf"(?:enir|ien(?:t|s|ne|nent|nes)|enu(?:e|s|es)?|en{_AFTER_STEM}|iendr\w+)$",
            r"\1\2en",
        ),
        (r"^(|aper|con|de|per|re)c(?:evoir|oi[ts]|oivent|oive|ue?s?|ev(?:ant|ons|ez|ait|aient)|evr\w+)$", r"\1cev"),
        (
            rf"^(e|ree|de|circons|ins|pres|pro|sous|trans)cri(?:r\w+|[ts]|ts|tes?|vent|v{_AFTER_STEM})$",
            r"\1criv",
        ),
        (r"^(|re)conn(?:ai[ts]|aitr\w+|aiss(?:ent|ant|ons|ez|ait|aient|e)|ue?s?)$", r"\1conn"),
        (r"(?<=ou|of|uf|uv)([vf]?)r(?:ir|ent|ant|ait|aient|ons|ez|irent)$", r"\1re"),
        (r"((?:d|tr|str)ui)(?:r\w+|s(?:ent|ant|ons|ez|ait|aient|e)|s|te?s?)$", r"\1re"),
        (r"(?<=\w)([aeo]i)(?:ndre|gnent|gnant|gnait)$", r"\1nt"),
        (r"(?<=\w)([nr]d)(?:res?|u|us|ue|ues|ent|ant|ait|aient|ons|ez|ra|ront|s)$", r"\1"),
    ],
}

# Of several to one.
PLURALS = {
    "es": [
        (r"(?<=\w\w)bles", "ble"),
        (r"(?<=\w)oes", "oe"),
        # “enlaces, enlace” and “índices, índice”, but “luces, luz”
        (r"(?:(?<=[ao]n|au|di|in|la|ul)|(?<=pli))ces", "ce"),
        ("ces", "z"),
        (r"(?<=[lrndj])es", ""),
        ("os", "o"),
        ("as", "a"),
    ],
    "fr": [
        ("iees?", "ie"),
        (r"(?<=\w\w)eaux", "eau"),
        (r"(?<=\w\w)aux", "al"),
        (r"(?<=\w)ions", "ion"),
        # “passagers, passager”, but “divers, diverse”
        (r"(?<=\w\w)(?<!div)(?<!univ)(?<!perv)ers", "er"),
        (r"(?<=\w\w[bcdfglmnprtvz])(?<!er)s", ""),
        (r"(?<=\w\w[fglnrt])es", "e"),
    ],
    "ca": [
        (r"(?<=\w)cions?", "cio"),
        ("sions?", "sio"),
        # “ciutadà, ciutadans, ciutadana”, “veí, veïns, veïna”, “cançó, cançons”, “comú, comuns, comuna”
        (r"(?<=\w\w)an(?:s|a|es)", "a"),
        (r"(?<=\w\w)in(?:s|a|es)", "i"),
        (r"(?<=\w\w)ons", "o"),
        (r"(?<=\w\w)un(?:s|a|es)", "u"),
        (r"(?<=\w)e(?:a|es)", "eu"),
        (r"(?<=\w)iv(?:a|es)", "iu"),
        (r"(?<=\w)oi(?:s|a|es)", "oi"),
        (r"(?<=\w\w)(?<!carr)er(?:a|es|s)", "er"),
        (r"(?<=\w)(?<!cast)ell(?:a|es|s)", "ell"),
        (r"(?<=\w\w[drsty])or(?:a|es|s)", "or"),
        # “congrés, congressos”, “concurs, concursos”, “anglès, anglesos, anglesa”, “dibuix, dibuixos”
        (r"(?<=\w\w)ssos", "s"),
        (r"(?<=[lnr])sos", "s"),
        (r"(?<=\w\wc|\wst|\wxt)os", ""),
        (r"(?<=\w\w)es(?:os|a|es)", "es"),
        (r"(?<=\w\w\w)os(?:os|a|es)", "os"),
        (r"(?<=\w)ix(?:os|a|es)", "ix"),
        (r"(?<=\w)ases", "asa"),
        # “secundari, secundària”, “ràpid, ràpida”
        (r"(?<=\w\wr)i(?:a|es)", "i"),
        (r"(grav|hum|liqu|rap|sol|tim|val)id(?:a|es|s)", r"\1id"),
        (r"(?<=\w[aiu]d)es", "a"),
        (r"(?:(?<=\w\w[bcdfglmprtvy])|(?<=rn))s", ""),
        (r"(?<=\w[iu])s", ""),
    ],
    "pt": [
        ("coes|cães", "cao"),
        ("oes|aos|aes", "ao"),
        (r"(?<=\w\w\w)ais", "al"),
        (r"(?<=\w\w)eis", "el"),
        (r"(?<=\w\w)ois", "ol"),
        (r"(?<=\w)uis", "ul"),
        (r"(?<=\w\w\w)(?<![aeou])is", "il"),
        ("ens", "em"),
        ("ns", "m"),
        (r"(?<=\w\w)(?<!t)eses", "e"),
        (r"(?<=\w)eus", "eu"),
        (r"(?<=\w\w[rz])es", ""),
        (r"(?<=\w\w[aeo])(?<!amo)(?<!emo)s", ""),
    ],
}

ENDINGS = {
    "es": [
        (r"(?<=\w\w)iera", "iero"),
    ],
    "fr": [
        ("ees?", "e"),
        (r"(?<=\w)(?<!pr)(?<!arr)(?<!cult)ives?", "if"),
        (r"(?<=\w)trices?", "teur"),
        (r"(?<=\w\wi)eres?", "er"),
        (r"(ang|leg|sag|nag|erg|ll|ch)eres?", r"\1er"),
        (r"(ill|nt|ns)euses?", r"\1eur"),
        # “petit, petite”, “précis, précise”: no verbs like “finit” and “finis”
        (r"(?<=pet|nfl|red|cir|rcu|fru|bru|nui|spr|deb|rof|del|pet|rec|tui|ned|aud|ban|fic|abr|erd)it", "ite"),
        (r"(prec|gr|qu|ss)is", r"\1ise"),
        (r"(div|inv|perv|univ)ers", r"\1erse"),
        (r"(?<=rf|sf)ait", "aite"),
        # “publient, publié, publier”
        (r"(?<=if|bl|ud|ec|ic|nf|ar|op|oc|rc|it|eg|il|pl|ed|el|ll|tr)i(?:e|es|ent|ant|ait|aient|er)", "ier"),
        (r"(?<=\w\w)(?<!m)ent", "e"),
        (r"(?<=for|ani|pri|fir|nom|som|fer|dor|sum|fil|cla|ram)ment", "me"),
    ],
    "ca": [
        ("ques", "ca"),
        (r"([lnrt])ges?", r"\1ja"),
        (r"(?<=\w\w)ig(?:a|ues)", "ic"),
        ("(?<!portu)gues", "ga"),
        (r"(?<=\w)cio", "ció"),
        ("sio", "sió"),
    ],
    "pt": [
        ("cao", "ção"),
        ("ao", "ão"),
        (r"(?<=\w\w)es(?:a|as)?", "e"),
        (r"(?<=\w\war|ropr|\wser|\wvar|prev)i[ao]", "io"),
    ],
}

# Stems that Snowball would spoil: it takes “-la” of “parla”, “-re” of “centre” and “-ell” of “vermell” for endings.
# They get a sign of their own, or “poble” and “població” would be one.
_VERB_OR_NOUN = r"(?:(?<!ciut)ada|(?<!it)(?<!ciut)at|ant|av(?:a|en)|(?<!i[du])(?<!ud)(?:ar|a|en|es|e))"
WHOLE = {
    "ca": [
        # “parlar, parla, parlen, parlat, parlada”; “obra, obres”; “blanc, blanca”; but “ciutat, ciutadà”
        (rf"(\w{{4,}}?){_VERB_OR_NOUN}", r"\g<1>0"),
        (rf"(\w{{3}}){_VERB_OR_NOUN}", r"\g<1>a0"),
        (r"(\w\w+(?:[bcdfglmpxz]|[elors]t|nc|ns|ny|rn|[ou]r))", r"\g<1>0"),
    ],
}

OF_STEMS = {
    # “vidéo, vidéos”, “emploi, emplois”
    "fr": [(r"(?<=\w\w[aiou])s", "")],
    # “platja, platges”, “passeig, passejos”, “roig, roja”
    "ca": [(r"(?<=\w\w)(?:tx|ig|j)(?:a?0)?", "g")],
}


def compiled(rules: Mapping[str, list], pattern: str = "(?:{})$") -> dict[str, list[tuple[re.Pattern, str]]]:
    return {code: [(re.compile(pattern.format(old)), new) for old, new in some] for code, some in rules.items()}


_SPELLED, _VERBS = compiled(SPELLED, "{}"), compiled(VERBS, "{}")
_WHOLE = compiled(WHOLE, "{}")
_PLURALS, _ENDINGS, _OF_STEMS = compiled(PLURALS), compiled(ENDINGS), compiled(OF_STEMS)


def ready_for_stemmer(word: str, language: str) -> str:
    """A folded word in the form that the stemmer takes for all forms of it."""
    word = IRREGULAR.get(language, {}).get(word, word)
    word = first_that_fits(_SPELLED, word, language)
    word = first_that_fits(_VERBS, word, language)
    shortest = 2 if language == "pt" else 3
    if len(word) > shortest:
        word = first_that_fits(_PLURALS, word, language)
        if len(word) > shortest and not (language == "fr" and word in FRENCH_NOUNS_IN_ENT):
            word = first_that_fits(_ENDINGS, word, language)
    return word


def whole_stem(word: str, language: str) -> str:
    """The stem of a word that is none of the stemmer's business; "" for others."""
    stems = (match.expand(form) for rule, form in _WHOLE.get(language, ()) if (match := rule.fullmatch(word)))
    return next(stems, "")


def mended_stem(stem: str, language: str) -> str:
    return first_that_fits(_OF_STEMS, stem, language)


def first_that_fits(rules: Mapping[str, list], word: str, language: str) -> str:
    for ending, form in rules.get(language, ()):
        changed = ending.sub(form, word)
        if changed != word:
            return changed
    return word
