"""Lists of the admin that ask the database for no more than they show, and look for words once."""

from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.utils.text import capfirst

from desk.list_filters import note_copies
from publishing.models import Publishable
from publishing.slugs import languages

# So many found items are named by their keys; of more, nobody reads all.
MOST_KEYS = 400


class LeanChangeList(ChangeList):
    """A list shows no long text, so none is fetched: with five languages a row can weigh a hundred kilobytes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(self.opts.verbose_name_plural)

    def get_queryset(self, *args, **kwargs):
        title = title_field(self.model)
        # An action that saves needs the former slugs of each row, and the languages of a row are those of its title.
        needed = {"former_slugs", title, *(f"{title}_{code}" for code in languages())}
        long_texts = {field.name for field in self.opts.concrete_fields if isinstance(field, models.TextField)}
        return self.found(super().get_queryset(*args, **kwargs)).defer(*long_texts - needed)

    def found(self, rows):
        """The rows by their keys where somebody looked for words: to count and to show them would look anew each time,
        through every text of the table, as would the choices of years above the list."""
        if not self.query:
            return rows
        keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_KEYS + 1])
        if len(keys) > MOST_KEYS:
            return rows
        by_key = self.root_queryset.filter(pk__in=keys).order_by(*rows.query.order_by)
        by_key.query.select_related = rows.query.select_related
        return by_key

    def get_results(self, request):
        super().get_results(request)
        if issubclass(self.model, Publishable):
            note_copies(self.result_list, self.model)


def title_field(model):
    """The field that names an item of this model or, for an item, of its model."""
    return getattr(model, "title_field", "title")
