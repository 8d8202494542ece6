"""The admin's form of an edition."""

from publishing.date_box import EXAMPLES
from publishing.forms import DatedForm


class EditionForm(DatedForm):
    cities_of_dates = {"date": "host_city"}

    class Meta:
        help_texts = {"date": EXAMPLES}
