"""What a browser sent for a form, kept as it was, and made to fit the form again when the world has moved on.

Kept are the values, unchecked, and the names of the fields that the form had: a box without a tick and an empty list
send nothing, so only by its name can a field that was left empty be told from one that did not exist yet.
"""

from django.http import QueryDict

from desk.posted_values import as_posted

MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def kept_form(run):
    """The data of a bound form as JSON can hold it."""
    post = run.request.POST
    return {
        "values": {
            name: post.getlist(name)
            for name in post
            if not name.startswith(("_", "csrfmiddlewaretoken")) and "__prefix__" not in name
        },
        "names": [*run.form.fields],
        "rows": {formset.prefix: [*formset.empty_form.fields] for formset in run.formsets},
    }


def fitted(kept, live):
    """The kept data as a QueryDict for the form as it is now; `live` is an unbound FormRun of the same item.

    A field that was added since (a column, a language) has its public value. Rows that were deleted meanwhile come
    back as new ones, rows that were added stand beside those that were kept.
    """
    values = dict(kept["values"])
    for name in live.form.fields:
        if name not in kept["names"]:
            values |= as_posted(live.form[name])
    for formset in live.formsets:
        rows = fitted_rows(kept, formset)
        for name in [name for name in values if name.startswith(f"{formset.prefix}-")]:
            del values[name]
        values |= numbered_rows(formset, *rows)
    data = QueryDict(mutable=True)
    for name, texts in values.items():
        data.setlist(name, texts)
    return data


def fitted_rows(kept, formset):
    """([row that exists, …], [new row, …]), a row being `{name of a field: [value, …]}`."""
    key = formset.model._meta.pk.name
    live = {str(form.instance.pk): form for form in formset.initial_forms}
    if formset.prefix not in kept["rows"]:
        return [row_as_posted(form) for form in live.values()], []
    known, structural = kept["rows"][formset.prefix], {key, formset.fk.name, "DELETE"}
    existing, new = {}, []
    for row in kept_rows(kept["values"], formset.prefix):
        pk = next(iter(row.get(key, [])), "")
        form = live.get(pk, formset.empty_form)
        row |= row_as_posted(form, [name for name in form.fields if name not in known])
        if pk in live:
            existing[pk] = row
        elif any(any(texts) for name, texts in row.items() if name not in structural) and "DELETE" not in row:
            new.append(row | {key: [""]})
    existing |= {pk: row_as_posted(form) for pk, form in live.items() if pk not in existing}
    return [*existing.values()], new


def kept_rows(values, prefix):
    total = next(iter(values.get(f"{prefix}-TOTAL_FORMS", [])), "0")
    for number in range(int(total) if total.isdecimal() and len(total) < 6 else 0):
        start = f"{prefix}-{number}-"
        row = {name.removeprefix(start): texts for name, texts in values.items() if name.startswith(start)}
        if row:
            yield row


def numbered_rows(formset, existing, new):
    counts = (len(existing) + len(new), len(existing), formset.min_num, formset.max_num)
    values = {f"{formset.prefix}-{name}": [str(count)] for name, count in zip(MANAGEMENT, counts, strict=True)}
    for number, row in enumerate([*existing, *new]):
        values |= {f"{formset.prefix}-{number}-{name}": texts for name, texts in row.items()}
    return values


def row_as_posted(form, fields=None):
    """What a browser would send for one row or some fields of it, by the names of its fields alone."""
    start = f"{form.prefix}-"
    fields = form.fields if fields is None else fields
    return {name.removeprefix(start): texts for field in fields for name, texts in as_posted(form[field]).items()}
