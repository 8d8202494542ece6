"""The rows of an inline as a browser sent them: read from the data of a form, and written back in another order."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 4000  # as many fields as a form may have


@dataclass
class PostedRow:
    pk: str  # "" for a row that is new
    values: dict[str, list[str]]  # by the names of the fields alone
    files: dict[str, list] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)  # what is to stand at a field when the form comes back
    replaced: list[str] = field(default_factory=list)  # what of `values` is not as it came in

    @property
    def is_ticked_off(self):
        return bool(self.values.get("DELETE"))


def number(data, prefix, name):
    text = data.get(f"{prefix}-{name}") or ""
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def read_rows(data, files, prefix, key):
    """`key` is the name of the primary key of a row."""
    rows = []
    for index in range(number(data, prefix, "TOTAL_FORMS")):
        start = f"{prefix}-{index}-"
        values = {name.removeprefix(start): data.getlist(name) for name in data if name.startswith(start)}
        uploads = {name.removeprefix(start): files.getlist(name) for name in files if name.startswith(start)}
        rows.append(PostedRow(next(iter(values.get(key, [])), ""), values, uploads))
    return rows


def write_rows(data, files, prefix, existing, new):
    """Puts rows in the place of those that were sent: first those that exist, which formsets expect."""
    kept = {name: data.get(f"{prefix}-{name}") for name in ("MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    for store in (data, files):
        for name in [name for name in store if name.startswith(f"{prefix}-") and "__prefix__" not in name]:
            del store[name]
    for name, text in kept.items():
        if text is not None:
            data[f"{prefix}-{name}"] = text
    data[f"{prefix}-INITIAL_FORMS"] = str(len(existing))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(existing) + len(new))
    for index, row in enumerate([*existing, *new]):
        for name, values in row.values.items():
            if values:
                data.setlist(f"{prefix}-{index}-{name}", values)
        for name, uploads in row.files.items():
            files.setlist(f"{prefix}-{index}-{name}", uploads)
