"""The admin's form of the site's identity: no JSON."""

from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from publishing.form_fields import DatesField, WorldLanguagesField
from publishing.forms import TranslatedForm


class SiteIdentityForm(TranslatedForm):
    class Meta:
        field_classes = {"official_languages": WorldLanguagesField, "charter_revised": DatesField}
        widgets = {"official_languages": FilteredSelectMultiple(_("languages"), is_stacked=False)}
        help_texts = {
            "official_languages": _(
                "The languages in which the association itself works, which may be fewer than the site’s."
            ),
            "charter_revised": _("One date a line, as well as it is known: “1994”, or “November 2020”."),
        }
