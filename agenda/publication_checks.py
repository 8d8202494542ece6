"""What is looked at before an event is published, and where addresses of the agenda lead."""

from django.utils.translation import gettext_lazy as _

from agenda.attention import Attention, attention_for
from agenda.models import Event
from agenda.tenses import read_notes
from checks.addresses import page_of
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.namesakes import told_apart_by
from checks.publication_checks import expects
from networks.models import Network

PAST_AS_COMING = Matter(
    "past_as_coming", Severity.ADVICE, _("The date is past, but the text speaks of it as coming: “%(words)s”.")
)

page_of("agenda:event_detail", Event)
page_of("agenda:event_file", Event)
page_of("agenda:network_calendar", Network)
told_apart_by(Event, "first_year")  # an International Day has the same title every year
expects(Event, "summary")


@publication_check(Event, reads=["city"])
def check_tense(event, known):
    # The form has not saved it yet, so nothing that follows from date and texts is worked out.
    event.fill_derived()
    if attention_for(event, known.now) == Attention.REWORD:
        for language, words in read_notes(event.worded_as_coming):
            yield PAST_AS_COMING.found(event, language=language, words=words)
