"""Does a text still speak of an event as coming? The words that give it away, in each language.

A pure list of words: an editor reads the text again and decides. What a list this short cannot know is left out
rather than guessed: "soon" alone, or a bare future tense, stands in many texts that are right.

Accents and capitals do not matter ("TENDRA LUGAR", "proximamente"), except where a past tense differs from the future
by its accent alone: "se celebrara" is no announcement. Such words end with `!` below.

`Event.worded_as_coming` keeps what was found. After a change of the lists, a data migration has to read all texts
anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import NamedTuple

from publishing.date_words import DATE_LANGUAGES, month_names, words_for

# One entry a line; a part in brackets is optional, a bar separates alternatives, "#" is a name of a month.
_WORDS: dict[str, str] = {
    "en": """
        will be (held|hosted|organised|organized|celebrated|broadcast|streamed|followed by)
        will be (added|announced|published|confirmed) (when|once|as soon as|here|on|in|later|soon|shortly)
        will (also )?(organise|organize|take place|bring together|gather|meet|host|welcome|open|discuss|begin)
        will (also )?(start|kick off|run from)
        is (going )?to (be held|take place)
        are (going )?to (be held|take place)
        is scheduled (for|to)
        are scheduled (for|to)
        is planned for
        registration(s)? (is|are) (now |still )?open
        registration(s)? (open|opens|will open) (on|in|soon)
        (register|sign up|enrol|book your place|book your seat|save your seat|apply) now
        save the date
        don't miss
        join us
        we look forward to (seeing|welcoming|meeting)
        coming soon
        (more|further) (information|details) (will follow|soon|to follow|coming)
        upcoming
        forthcoming
        (next|this coming) (week|month|year|#)
        (next|this coming) (spring|summer|autumn|fall|winter)
    """,
    "es": """
        (se )?(celebrará|celebrarán)!
        (organizará|organizarán)!
        se (añadirá|añadirán|anunciará|anunciarán|publicará|publicarán)!
        se (realizará|realizarán|desarrollará|desarrollarán|presentará|presentarán|organizará|organizarán)!
        (tendrá|tendrán) lugar
        se (reunirá|reunirán)
        (acogerá|acogerán|reunirá|reunirán)
        va(n)? a (celebrarse|realizarse|tener lugar|reunir|acoger)
        está(n)? previst(o|a|os|as) (para|que)
        (inscripción|inscripciones) (ya )?(está abierta|están abiertas|abierta|abiertas)
        abierta(s)? (ya )?(la|las|el plazo de) (inscripción|inscripciones)
        se abrirá(n)? (la|las|el plazo de) (inscripción|inscripciones)
        (inscríbete|inscríbase|inscríbanse|apúntate|regístrate|regístrese) (ya|ahora|aquí)
        reserva(d|en)? (la|esta) fecha
        save the date
        guarda(d|en)? (la|esta) fecha
        no te (lo|la) pierdas
        te esperamos
        os esperamos
        próximamente
        en breve
        próximo(s)? (día|días|mes de|mes|año|#|\\d{1,2} de #|\\d{1,2})
        próxima (semana|primavera)
        próximo (verano|otoño|invierno)
        # próximo
        (más información|más detalles) (en breve|próximamente)
    """,
    "fr": """
        (aura|auront) lieu
        se (tiendra|tiendront|déroulera|dérouleront|réunira|réuniront)
        (sera|seront) (organisé|célébré|ajouté|annoncé|publié)(e)?(s)?
        (sera|seront) accueilli(e)?(s)?
        (organisera|organiseront|accueillera|accueilleront|réunira|réuniront|rassemblera|rassembleront)
        (est|sont) (prévu|prévue|prévus|prévues) (pour|le|en|du|à)
        (va|vont) (avoir lieu|se tenir|se dérouler)
        (inscription|inscriptions) (est |sont )?(désormais |encore |déjà )?(ouverte|ouvertes)
        ouverture (prochaine )?des inscriptions
        (inscrivez-vous|inscris-toi)( dès maintenant)?
        (réservez|notez|retenez|bloquez) (la|cette|votre) date
        save the date
        (ne manquez pas|ne ratez pas)
        rejoignez-nous
        nous vous attendons
        prochainement
        à venir
        (très )?bientôt
        (#|printemps|été|automne|hiver|semaine|mois|an|année) (prochain|prochaine)
        (prochain|prochaine) (#|\\d{1,2} #|printemps|été|automne|hiver|semaine|mois|année)
        (plus d'informations|plus de détails) (suivront|à venir|prochainement|bientôt)
    """,
    "ca": """
        (se )?(celebrarà|celebraran)
        es (celebrarà|celebraran|realitzarà|realitzaran|farà|faran|desenvoluparà|reunirà|reuniran)
        es (durà|duran) a terme
        (tindrà|tindran) lloc
        (s'afegirà|s'afegiran|s'anunciarà|s'anunciaran|es publicarà|es publicaran)
        (organitzarà|organitzaran|acollirà|acolliran|aplegarà|aplegaran|reunirà|reuniran)
        està(n)? previst(a|os|es)? (per|que|per a)
        (inscripció|inscripcions) (ja )?(està oberta|estan obertes|oberta|obertes)
        (obert|oberta|obertes) (ja )?(la|les|el termini d')( )?(inscripció|inscripcions)
        (inscriu-te|inscriviu-vos|apunta't|apunteu-vos|registra't) (ja|ara|aquí)
        (reserva|reserveu|guarda|guardeu) (la|aquesta) data
        save the date
        no t'ho perdis
        (t'hi|us hi|us|t') esperem
        properament
        ben aviat
        en breu
        (proper|propers|pròxim|pròxims) (dia|dies|mes de|mes d'|mes|any|#|\\d{1,2} #|\\d{1,2})
        (propera|pròxima) (setmana|primavera|tardor)
        (proper|pròxim) (estiu|hivern)
        (#|estiu|hivern|mes|any|setmana|primavera|tardor) (vinent|vinents)
        # (proper|pròxim)
    """,
    "pt": """
        (terá|terão) lugar
        (realizar-se-á|realizar-se-ão|celebrar-se-á|celebrar-se-ão|reunir-se-á|reunir-se-ão|decorrerá|decorrerão)
        se (realizará|realizarão|celebrará|celebrarão)!
        será(ão)? (realizado|realizada|celebrado|celebrada|organizado|organizada|acolhido|acolhida)
        serão (realizados|realizadas|celebrados|celebradas|organizados|organizadas)
        (será|serão) (acrescentada|acrescentadas|acrescentado|acrescentados|anunciada|anunciadas|anunciado|anunciados)
        organizará!
        (organizarão|acolherá|acolherão|reunirá|reunirão)
        (vai|vão) (realizar-se|decorrer|ter lugar|acolher|reunir|celebrar-se|realizar)
        está(o)? previst(o|a|os|as) para
        (inscrição|inscrições) (já )?(está aberta|estão abertas|aberta|abertas)
        abertas (já )?as inscrições
        (inscreva-se|inscreve-te|inscrevam-se|registe-se) (já|agora|aqui)
        (reserve|reserva|guarde|guarda|marque) (a|esta) data
        save the date
        não perca
        contamos consigo
        esperamos por (si|ti|vós)
        brevemente
        em breve
        próximo(s)? (dia|dias|mês de|mês|ano|#|\\d{1,2} de #|\\d{1,2})
        próxima (semana|primavera)
        próximo (verão|outono|inverno)
        # próximo
    """,
    "it": """
        (avrà|avranno) luogo
        si (terrà|terranno|svolgerà|svolgeranno|riunirà|riuniranno|celebrerà|celebreranno|aprirà|apriranno)
        (organizzerà|organizzeranno|ospiterà|ospiteranno|riunirà|riuniranno|accoglierà)
        (è|sono) (previsto|prevista|previsti|previste) (per|il|dal|a)
        sarà (organizzato|organizzata|ospitato|ospitata)
        (iscrizione|iscrizioni) (è |sono )?(già |ancora )?(aperta|aperte)
        (iscriviti|iscrivetevi|registrati|registratevi) (ora|subito|qui)
        (segna|segnate|salva|salvate) la data
        save the date
        non (perdere|perdete|perdetevi)
        vi aspettiamo
        ti aspettiamo
        prossimamente
        a breve
        prossimo (mese|anno|#|\\d{1,2} #|autunno|inverno)
        prossima (settimana|primavera|estate)
        # prossimo
    """,
}
_TAG = re.compile(r"<[^>]*>")
_NOTES_LENGTH = 200


class _Words(NamedTuple):
    pattern: re.Pattern[str]
    accented: frozenset[str]


class _Folding(dict):
    """Each character without accent and capital; always one for one, so that places in the text stay the same."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = "'" if sign in "’‘`´" else unicodedata.normalize("NFKD", sign)[0].lower()
        self[code] = plain = plain if len(plain) == 1 else sign
        return plain


_FOLDING = _Folding()


def words_of_coming(text: str, language: str) -> str:
    """The first words by which a text (HTML or plain) speaks of an event as coming; "" where there are none.

    Also "" in a language without a list.
    """
    if not text or language not in _WORDS:
        return ""
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub(" ", text))
    text = " ".join(unicodedata.normalize("NFC", text).split())
    pattern, accented = _words(language)
    for match in pattern.finditer(text.translate(_FOLDING)):
        found = text[slice(*match.span())]
        if match[0].rpartition(" ")[2] in accented and found.isascii():
            continue
        return found
    return ""


def worded_as_coming(text: str, language: str) -> bool:
    return bool(words_of_coming(text, language))


def notes_on(texts: Mapping[str, list[str | None]]) -> str:
    """What was found in the texts of each language, the first words of each: "en: will be held; fr: aura lieu"."""
    found = {
        language: next(filter(None, (words_of_coming(text or "", language) for text in several)), "")
        for language, several in texts.items()
    }
    return "; ".join(f"{language}: {words}" for language, words in found.items() if words)[:_NOTES_LENGTH]


def read_notes(notes: str) -> list[tuple[str, str]]:
    """`[("en", "will be held"), …]` from the notes."""
    return [tuple(note.split(": ", 1)) for note in notes.split("; ") if ": " in note]


@cache
def _words(language: str) -> _Words:
    months = ""
    if language in DATE_LANGUAGES:
        names = words_for(language)
        both = {*month_names(names).values(), *month_names(names, alone=True).values()}
        months = "|".join(sorted(re.sub(r"^d(?:e |['’])", "", name) for name in both))
    lines = [line.strip() for line in _WORDS[language].splitlines() if line.strip()]
    accented = {
        word.translate(_FOLDING)
        for line in lines
        if line.endswith("!")
        for word in re.findall(r"\w+", line)
        if not word.isascii()
    }
    alternatives = "|".join(line.removesuffix("!").replace("#", f"(?:{months})") for line in lines)
    plain = re.sub(r"\((?!\?)", "(?:", alternatives.translate(_FOLDING))
    return _Words(re.compile(rf"(?<!\w)(?:{plain})(?!\w)"), frozenset(accented))
