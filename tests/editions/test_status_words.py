"""“Confirmed” is one word in English; in the other languages it agrees with what is confirmed."""

import pytest
from django.utils.translation import override

from agenda.models import Event
from editions.models import Edition

EDITION = {
    "en": ["announced", "confirmed", "held", "cancelled"],
    "es": ["anunciada", "confirmada", "celebrada", "cancelada"],
    "fr": ["annoncée", "confirmée", "tenue", "annulée"],
    "ca": ["anunciada", "confirmada", "celebrada", "cancel·lada"],
    "pt": ["anunciada", "confirmada", "realizada", "cancelada"],
}
EVENT = {
    "en": ["confirmed", "postponed", "cancelled"],
    "es": ["confirmado", "aplazado", "cancelado"],
    "fr": ["confirmé", "reporté", "annulé"],
    "ca": ["confirmat", "ajornat", "cancel·lat"],
    "pt": ["confirmado", "adiado", "cancelado"],
}


@pytest.mark.parametrize("language", EDITION)
def test_the_status_agrees_with_what_it_is_said_of(language):
    with override(language):
        assert [str(status.label) for status in Edition.Status] == EDITION[language]
        assert [str(status.label) for status in Event.Status] == EVENT[language]
