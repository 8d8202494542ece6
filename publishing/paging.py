"""Lists in pages."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject, cached_property

from publishing.kept import once_per_change


class RowPaginator(Paginator):
    """Asks for the keys of a page first, and then for its rows by these.

    Keys are found in an index alone. Otherwise a database fetches, sorts and drops every row that stands before the
    page, with its texts in five languages: a second for the last of a thousand pages. Not one query within the other:
    PostgreSQL, before it has counted the rows of a table, may search for all keys anew for each row.

    A `name`, if given, says which list it is, whatever page of it: its rows are counted once for a change of content.
    `rows`, if given, is a function that finds the rows of some keys, in any order, quicker than the list itself would.
    Where the keys of all rows are known in their order, as after a search, `keys` says them: nothing is counted then.
    """

    def __init__(self, *args, keys: list | None = None, name: tuple = (), rows: Callable | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys, self.name, self.rows = keys, name, rows or self.rows_of

    @cached_property
    def count(self):
        if self.keys is not None:
            return len(self.keys)
        return once_per_change(("count", *self.name), self.counted) if self.name else self.counted()

    def counted(self):
        return super().count

    def _get_page(self, object_list, number, *args, **kwargs):
        if self.keys is not None:
            first = (number - 1) * self.per_page
            object_list = self.object_list.filter(pk__in=self.keys[first : first + self.per_page])
        elif isinstance(object_list, QuerySet):
            keys = object_list.values_list("pk", flat=True)
            # Not before somebody looks: the part of the page that shows them may be kept.
            object_list = SimpleLazyObject(lambda: in_order_of(list(keys), self.rows))
        return super()._get_page(object_list, number, *args, **kwargs)

    def rows_of(self, *keys):
        return self.object_list.filter(pk__in=keys).order_by()


def in_order_of(keys, rows):
    place = {key: number for number, key in enumerate(keys)}
    return sorted(rows(*keys), key=lambda row: place[row.pk]) if keys else []


def page_of(items, size, number, name=(), rows=None):
    """The page of a list by the number that stands in an address; what is no page number gets the nearest page.

    `name` and `rows`: see `RowPaginator`.
    """
    paginator = RowPaginator(items, size, name=name, rows=rows)
    try:
        return paginator.get_page(max(1, int(number or 1)))
    except ValueError:
        return paginator.get_page(1)


def choice_of(context, language):
    """What a list shows, as parameters of its address in a language: `canonical_query` of the template's context.

    It is a dict, or a function that makes one for a language. Nothing that a link brought along is in it.
    """
    query = context.get("canonical_query") or {}
    return dict(query(language) if callable(query) else query)
