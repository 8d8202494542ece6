"""How people say that a date is still to be announced, and the headings under which they write one.

Words stand here as in `date_spellings`: small letters without accents, a space for an apostrophe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """One language. Spellings are parted by commas."""

    before: str  # what may stand before "to be announced"
    announced: str
    soon: str = ""  # what may stand after it
    headings: str  # "Date:", "Deadline:"


_LANGUAGES = {
    "en": Announced(
        before="date,dates,the date,the dates,date is,dates are,date still,time,when",
        announced="to be announced,to be confirmed,to be determined,to be decided,to be defined,to be set,"
        "to be fixed,not yet announced,not yet known,not yet confirmed,not yet set,not yet fixed,"
        "not known yet,unknown,pending,no date,no date yet,tba,tbc,tbd,announced later,"
        "will be announced,to be advised,to be scheduled,undecided,to be communicated,to follow,to come,"
        "not set,not fixed,not yet decided,still open",
        soon="soon,shortly,later,in due course",
        headings="date,dates,when,deadline,closing date,the date,day,date and time",
    ),
    "es": Announced(
        before="fecha,fechas,la fecha,las fechas,fecha aun,fecha todavia,aun,todavia",
        announced="por anunciar,por confirmar,por determinar,por definir,por decidir,por fijar,por concretar,"
        "a confirmar,a determinar,a definir,a anunciar,a concretar,sin confirmar,sin determinar,"
        "sin definir,sin fecha,pendiente,pendiente de confirmar,pendiente de confirmacion,"
        "pendiente de anunciar,pendiente de fijar,pendientes,pendiente de definir,"
        "pendiente de determinar,pendiente de concretar,desconocida,se anunciara,se confirmara,"
        "se comunicara,por determinarse,por confirmarse,por definirse,por anunciarse,por comunicar,"
        "por publicar,sin fecha definida,sin fecha fijada,no definida,no confirmada,"
        "pendiente de fecha",
        soon="proximamente,en breve,mas adelante,pronto",
        headings="fecha,fechas,cuando,fecha limite,plazo,dia,fecha y hora,dias",
    ),
    "fr": Announced(
        before="date,dates,la date,les dates,date encore",
        announced="a annoncer,a confirmer,a determiner,a preciser,a definir,a fixer,a venir,non communiquee,"
        "non confirmee,non fixee,en attente,inconnue,sans date,sera annoncee,sera communiquee,"
        "sera precisee,pas encore fixee,pas encore connue,pas encore confirmee,annoncee ulterieurement,"
        "precisee ulterieurement,non definie,non precisee,non determinee,a communiquer,communiquee,"
        "annoncee,precisee,fixee",
        soon="ulterieurement,prochainement,bientot,plus tard,sous peu",
        headings="date,dates,quand,date limite,echeance,jour,date et heure,jours",
    ),
    "ca": Announced(
        before="data,dates,la data,les dates,data encara,encara",
        announced="per anunciar,per confirmar,per determinar,per definir,per decidir,per fixar,per concretar,"
        "a confirmar,a determinar,a concretar,sense confirmar,sense determinar,sense data,pendent,"
        "pendent de confirmar,pendent de confirmacio,pendent d anunciar,pendent de fixar,"
        "pendent de definir,pendent de determinar,pendent de concretar,pendents,desconeguda,s anunciara,"
        "es confirmara,es comunicara,per comunicar,a definir,a anunciar,no definida,no confirmada,"
        "sense data definida,sense definir",
        soon="properament,proximament,aviat,mes endavant,en breu",
        headings="data,dates,quan,data limit,termini,dia,data i hora,dies",
    ),
    "pt": Announced(
        before="data,datas,a data,as datas,data ainda,ainda",
        announced="a anunciar,a confirmar,a definir,a determinar,a designar,a fixar,a marcar,a indicar,"
        "por anunciar,por confirmar,por definir,por determinar,por fixar,por marcar,por divulgar,"
        "a divulgar,sem data,sem confirmacao,pendente,pendente de confirmacao,pendentes,desconhecida,"
        "sera anunciada,sera confirmada,sera divulgada,em aberto,a ser definida,a ser anunciada,"
        "a ser confirmada,a ser divulgada,a ser determinada,a comunicar,nao definida,nao confirmada,"
        "sem data definida,aguarda confirmacao",
        soon="em breve,brevemente,mais tarde,oportunamente",
        headings="data,datas,quando,data limite,prazo,dia,data e hora,dias",
    ),
    "it": Announced(
        before="data,date,la data,le date,data ancora",
        announced="da annunciare,da destinarsi,da definire,da confermare,da determinare,da stabilire,da decidere,"
        "da fissare,da comunicare,da precisare,in attesa,in attesa di conferma,in via di definizione,"
        "senza data,non confermata,sconosciuta,sara annunciata,sara comunicata,non definita,non fissata,"
        "da comunicarsi,da definirsi,da confermarsi,da stabilirsi,da annunciarsi",
        soon="prossimamente,a breve,presto,piu avanti",
        headings="data,date,quando,scadenza,termine,giorno,data e ora,giorni",
    ),
    "ko": Announced(
        before="날짜,일정,날짜는,일정은,일시",
        announced="추후 공지,추후공지,추후 발표,추후 안내,추후 결정,추후 확정,미정,미확정,추후 공지 예정,"
        "공지 예정,발표 예정,확정 예정,나중에 공지",
        headings="날짜,일시,일정,기간,마감,마감일",
    ),
}
_EVERYWHERE = ("tba", "tbc", "tbd")

# A preposition alone never makes the difference between announced and not: "fecha: por confirmar", "date TBC".
ANNOUNCED = frozenset(
    f"{before} {announced}".strip()
    for words in _LANGUAGES.values()
    for before in ("", *words.before.split(","), *_LANGUAGES["en"].before.split(","))
    for announced in (*words.announced.split(","), *_EVERYWHERE)
)
"""Whole texts that say a date is to be announced, in words parted by one space."""

# After them: "soon", or the same once more, as in "to be confirmed (TBC)".
_AFTER = frozenset(after for words in _LANGUAGES.values() for after in words.soon.split(",")) | ANNOUNCED

_HEADING = re.compile(
    rf"(?:{'|'.join(heading for words in _LANGUAGES.values() for heading in words.headings.split(','))}) ?: ?(?=.)"
)


def is_announced(written: str) -> bool:
    """Whether a `plain` text says that the date is to be announced."""
    words = " ".join(re.findall(r"\w+", written))
    if not words:
        return bool(written) and not written.strip("?")
    if words in ANNOUNCED or written.replace(".", "") in ANNOUNCED or words == "xxxx":
        return True
    spaces = (place for place, sign in enumerate(words) if sign == " ")
    return any(words[:place] in ANNOUNCED and words[place + 1 :] in _AFTER for place in spaces)


def without_heading(written: str) -> str:
    """A `plain` text without the "Date:" or "Deadline:" before it."""
    return _HEADING.sub("", written, count=1) if _HEADING.match(written) else written
