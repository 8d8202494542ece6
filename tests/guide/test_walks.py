"""The guide for editors, done step by step in a real browser: whoever follows it gets where it says."""

import pytest
import time_machine
from django.core.management import call_command

from guide.beginning import make_people
from guide.frozen import MOMENT
from guide.reading import pages, pictures_of, walks
from guide.walking import Walker
from publishing.models import State

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_that_the_guide_says_can_be_done(browser, live_server):
    with time_machine.travel(MOMENT, tick=True):
        call_command("load_starter_content", verbosity=0)
        make_people()
        shown = []
        walker = Walker(browser, live_server.url, lambda page, path, marks: shown.append(path))
        try:
            for walk in walks():
                walker.walk(walk)
        finally:
            walker.close()

    from agenda.models import Event

    event = Event.objects.get(title_en="Open day of school libraries")
    assert (event.state, event.date, str(event.city)) == (State.PUBLISHED, "2026-23", "Granollers")
    assert event.title_es == "Jornada de puertas abiertas de las bibliotecas escolares"
    assert event.title_pt == "Dia aberto das bibliotecas escolares"
    assert event.picture.alt_en == "Children and adults on a square in front of a library with wide arches."
    assert shown == [path for page in pages() for _text, path in pictures_of(page)]
