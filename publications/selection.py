"""The choice that a visitor makes among publications, as it stands in an address:
`?series=…&language=eu&year=2020&network=…`. List, feeds and downloads start from the same one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from networks.models import Network
from publications.languages import in_reading_order, name_of, normalised, own_name_of
from publications.models import Publication, PublicationFile, PublicationSeries
from publishing.collation import collation_key
from publishing.options import Option
from publishing.slugs import one_by_slug
from translations.texts import columns, text_of

YEAR = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True)
class PublicationSelection:
    """Publications of a series, of a network, of a year, with a file in a language: all that is given has to hold."""

    series: PublicationSeries | None = None
    language: str = ""
    year: int | None = None
    network: Network | None = None

    def __bool__(self):
        return bool(self.series or self.language or self.year or self.network)

    def publications(self, at=None):
        """The listed ones of this choice at a moment (aware datetime, now by default), series by series."""
        return self.publications_of_all_languages(at).listed()

    def publications_of_all_languages(self, at=None):
        """Those too that lists leave out because they are not in the page's language."""
        found = Publication.objects.published(at)
        if self.series:
            found = found.filter(series=self.series)
        if self.language:
            found = found.filter(files__language=self.language)
        if self.year:
            found = found.filter(year=self.year)
        if self.network:
            found = found.filter(networks=self.network)
        return found.by_series()

    @property
    def title(self):
        """ "Publications", "Publications: Guides, Basque, 2020"."""
        words = [text_of(self.series, "name").text] if self.series else []
        words += [name_of(self.language)] if self.language else []
        words += [str(self.year)] if self.year else []
        words += [self.network.official_name] if self.network else []
        return gettext("Publications: %(choice)s") % {"choice": ", ".join(words)} if words else gettext("Publications")

    @property
    def heading(self):
        """The same in words of the page's language alone: a series and a network have names in others."""
        words = [name_of(self.language)] if self.language else []
        words += [str(self.year)] if self.year else []
        return " · ".join([gettext("Publications"), *words])

    @property
    def query(self):
        """The choice as parameters of an address in the page's language."""
        chosen = {
            "series": self.series and self.series.slug,
            "language": self.language,
            "year": self.year,
            "network": self.network and self.network.slug,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def page(self):
        """The path of the page that shows the same, without parameters where it is a whole series."""
        if self.series and self == PublicationSelection(series=self.series):
            return self.series.get_absolute_url()
        return self.address("publications:publication_list")

    def address(self, name):
        """The path of a list, feed or download ("publications:publication_atom_feed") of this choice."""
        query = urlencode(self.query)
        return f"{reverse(name)}?{query}" if query else reverse(name)


def read_selection(query, series=None):
    """The choice that a query (a QueryDict) names. Empty parameters count as not there, unknown ones are passed over.

    Raises Http404 for a value that means nothing: an answer without that part of the choice would be a wrong one.
    """
    language, year = (query.get(name, "").strip() for name in ("language", "year"))
    try:
        language = normalised(language) if language else ""
    except ValidationError:
        raise Http404 from None
    if year and not YEAR.fullmatch(year):
        raise Http404
    return PublicationSelection(
        series=series or one_by_slug(PublicationSeries.objects.all(), query.get("series", "").strip()),
        language=language,
        year=int(year) if year else None,
        network=one_by_slug(Network.objects.published(), query.get("network", "").strip()),
    )


class PublicationForm:
    """What the form offers: whatever public publications have, and what is chosen. Four queries."""

    def __init__(self, selection: PublicationSelection):
        self.selection = selection

    @cached_property
    def published(self):
        return Publication.objects.published().listed().order_by()

    @cached_property
    def series(self) -> list[Option]:
        chosen = self.selection.series
        found = list(PublicationSeries.objects.filter(Exists(self.published.filter(series=OuterRef("pk")))))
        if chosen and chosen not in found:
            found.append(chosen)
        names = [(one, text_of(one, "name")) for one in found]
        return [Option(one.slug, name.text, one == chosen, name.language) for one, name in names]

    @cached_property
    def languages(self) -> list[Option]:
        """By the name that the language has in the page, the page's own first."""
        chosen = self.selection.language
        files = PublicationFile.objects.filter(publication__in=self.published).order_by()
        existing = {*files.values_list("language", flat=True).distinct(), chosen} - {""}
        return [
            Option(code, self.label_of(code), code == chosen) for code in in_reading_order(existing, lambda code: code)
        ]

    def label_of(self, code):
        name = name_of(code)
        return name[:1].upper() + name[1:] if name != code else own_name_of(code)

    @cached_property
    def years(self) -> list[Option]:
        chosen = self.selection.year
        existing = {*self.published.years(), chosen} - {None}
        return [Option(str(year), str(year), year == chosen) for year in sorted(existing, reverse=True)]

    @cached_property
    def networks(self) -> list[Option]:
        chosen = self.selection.network
        offered = Network.objects.published().filter(Exists(self.published.filter(networks=OuterRef("pk"))))
        found = list(offered.only("official_name", "official_language", *columns("slug")))
        if chosen and chosen not in found:
            found.append(chosen)
        found.sort(key=lambda network: collation_key(network.official_name))
        return [Option(one.slug, one.official_name, one == chosen, one.official_language) for one in found]

    @property
    def fields(self) -> list[list[Option]]:
        return [self.series, self.languages, self.years, self.networks]

    @property
    def chips(self) -> list[Option]:
        """What is chosen."""
        return [option for options in self.fields for option in options if option.chosen]

    @property
    def is_offered(self):
        """A choice is offered where there is something to choose."""
        return any(len(options) > 1 for options in self.fields) or bool(self.selection)
