"""What is looked at before an edition is published, and where addresses of editions lead."""

import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from checks.addresses import page_of
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.namesakes import told_apart_by
from editions.models import Edition, Series
from publishing.dates import parse_edtf

PAST_AS_ANNOUNCED = Matter(
    "past_as_announced", Severity.ADVICE, _("The date is past, but its status is still “%(status)s”.")
)
COMING = (Edition.Status.ANNOUNCED, Edition.Status.CONFIRMED)

page_of("editions:series_detail", Series)
page_of("editions:edition_detail", Edition, related=["series"])
told_apart_by(Edition, "year")


@publication_check(Edition)
def check_status(edition, known):
    if edition.status not in COMING:
        return
    try:
        latest = parse_edtf(edition.date).latest()
    except ValueError:
        return  # the field says so itself
    if latest is not None and latest < localdate(known.now) - datetime.timedelta(days=1):
        yield PAST_AS_ANNOUNCED.found(edition, column="status", status=str(edition.get_status_display()))
