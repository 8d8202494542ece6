"""Which texts still speak of an event as coming."""

import pytest
from django.utils import timezone

from agenda.models import Event
from agenda.tenses import notes_on, read_notes, worded_as_coming, words_of_coming
from publishing.models import State
from tests.factories import make_event

COMING = [
    ("en", "The meeting will be held in Turin.", "will be held"),
    ("en", "It WILL  TAKE\nPLACE there", "WILL TAKE PLACE"),
    ("en", "<p>It will <strong>take&nbsp;place</strong></p>", "will take place"),
    ("en", "Registration is open.", "Registration is open"),
    ("en", "Registrations are still open!", "Registrations are still open"),
    ("en", "Register now", "Register now"),
    ("en", "Save the date", "Save the date"),
    ("en", "Don’t miss it", "Don’t miss"),
    ("en", "The programme: coming soon", "coming soon"),
    ("en", "We meet next October.", "next October"),
    ("en", "Málaga will organise it; dates will be added when they are known", "will organise"),
    ("es", "Se celebrará en Turín", "Se celebrará"),
    ("es", "Los actos se celebrarán", "se celebrarán"),
    ("es", "TENDRA LUGAR EN TURIN", "TENDRA LUGAR"),
    ("es", "Inscripciones abiertas hasta el lunes", "Inscripciones abiertas"),
    ("es", "Próximamente", "Próximamente"),
    ("es", "el próximo 14 de noviembre", "próximo 14 de noviembre"),
    ("es", "los próximos días", "próximos días"),
    ("es", "reserva la fecha", "reserva la fecha"),
    ("fr", "La rencontre aura lieu à Turin", "aura lieu"),
    ("fr", "Elle se tiendra", "se tiendra"),
    ("fr", "Inscriptions ouvertes", "Inscriptions ouvertes"),
    ("fr", "en octobre prochain", "octobre prochain"),
    ("fr", "Ouverture prochaine des inscriptions", "Ouverture prochaine des inscriptions"),
    ("fr", "Les dates seront annoncées", "seront annoncées"),
    ("ca", "La trobada tindrà lloc", "tindrà lloc"),
    ("ca", "Es farà a Torí", "Es farà"),
    ("ca", "Inscripcions obertes", "Inscripcions obertes"),
    ("ca", "el proper 14 d’octubre", "proper 14"),
    ("ca", "l’octubre vinent", "octubre vinent"),
    ("ca", "Properament", "Properament"),
    ("pt", "O encontro terá lugar", "terá lugar"),
    ("pt", "Realizar-se-á em Turim", "Realizar-se-á"),
    ("pt", "Vai realizar-se em Turim", "Vai realizar-se"),
    ("pt", "decorrerá em Turim", "decorrerá"),
    ("pt", "inscrições abertas", "inscrições abertas"),
    ("pt", "Em breve", "Em breve"),
    ("pt", "no próximo mês de outubro", "próximo mês de"),
    ("it", "L’incontro si terrà a Torino", "si terrà"),
    ("it", "Iscrizioni aperte", "Iscrizioni aperte"),
    ("it", "Il prossimo 14 ottobre", "prossimo 14 ottobre"),
]
NOT_COMING = [
    ("en", "The meeting was held in Turin; it took place in autumn. The place is willing."),
    ("en", "Cities that will be heldback"),
    ("en", "<a href='/will-take-place/will be held/'>Report</a>"),
    ("es", "La red pidió que se celebrara en Turín y que se realizaran dos más"),
    ("es", "Se celebró en Turín. Tuvo lugar en otoño."),
    ("es", "will be held"),
    ("fr", "La rencontre a eu lieu à Turin et s’est tenue en octobre"),
    ("ca", "La trobada va tenir lloc a Torí"),
    ("pt", "Teve lugar em Turim e decorreu bem"),
    ("it", "Si è tenuto a Torino"),
    ("ko", "개최될 예정"),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "text", "words"), COMING)
def test_words_of_coming_are_found_as_they_stand_in_the_text(language, text, words):
    assert (words_of_coming(text, language), worded_as_coming(text, language)) == (words, True)


@pytest.mark.parametrize(("language", "text"), NOT_COMING)
def test_what_tells_of_the_past_is_left_alone(language, text):
    assert (words_of_coming(text, language), worded_as_coming(text, language)) == ("", False)


def test_notes_name_the_first_words_of_each_language_and_are_read_back():
    notes = notes_on({"en": [None, "", "It will be held. Register now."], "es": ["Fue"], "fr": ["Elle aura lieu"]})

    assert notes == "en: will be held; fr: aura lieu"
    assert read_notes(notes) == [("en", "will be held"), ("fr", "aura lieu")]
    assert read_notes("") == []


def test_a_long_text_is_read_in_a_moment():
    text = "<p>" + "register will be se next october próximo " * 3000 + "</p>"
    before = timezone.now()

    for language in ("en", "es", "fr", "ca", "pt"):
        words_of_coming(text.replace("next october", ""), language)

    assert (timezone.now() - before).total_seconds() < 2


WAYS = ["create", "save", "save of one column", "update", "update of the shown language", "bulk_update", "bulk_create"]


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("column", "text"), [("summary_en", "It will be held."), ("body_en", "<p>Join us</p>")])
def test_the_words_are_noted_however_the_text_was_written(way, column, text):
    slugs = {f"slug_{code}": "made-in-bulk" for code in ("en", "es", "fr", "ca", "pt")}
    values = {column: text}
    if way == "create":
        event = make_event(**values)
    elif way == "bulk_create":
        [event] = Event.objects.bulk_create([Event(title_en="Bulk", date="2030", state="draft", **slugs, **values)])
    else:
        event = make_event()
        setattr(event, column, text)
        if way == "save":
            event.save()
        elif way == "save of one column":
            event.save(update_fields=[column])
        elif way == "bulk_update":
            Event.objects.bulk_update([event], [column])
        else:
            name = column if way == "update" else column.removesuffix("_en")
            Event.objects.filter(pk=event.pk).update(**{name: text})

    event.refresh_from_db()
    assert event.worded_as_coming in ("en: will be held", "en: Join us")

    Event.objects.filter(pk=event.pk).update(**{column: "It was held."})
    event.refresh_from_db()
    assert event.worded_as_coming == ""


@pytest.mark.django_db
def test_publishing_a_row_of_a_list_fetches_none_of_its_texts(django_assert_num_queries):
    make_event(summary_en="It will be held.", state=State.DRAFT)
    texts = [f"{field}_{code}" for field in ("summary", "body") for code in ("en", "es", "fr", "ca", "pt")]
    event = Event.objects.defer(*texts).get()

    with django_assert_num_queries(3):  # as it was: for the slugs, and for the readers; the update
        event.publish()

    event.refresh_from_db()
    assert event.worded_as_coming == "en: will be held"


@pytest.mark.django_db
def test_what_only_editors_see_is_no_news_for_calendars():
    event = make_event(summary_en="It will be held.")
    Event._base_manager.filter(pk=event.pk).update(worded_as_coming="", sequence=0)

    event = Event.objects.get(pk=event.pk)
    event.save()

    assert (event.worded_as_coming, event.sequence) == ("en: will be held", 0)
