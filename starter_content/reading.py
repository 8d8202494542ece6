"""The files of the starter content, read strictly and taken apart into sections.

A section is a list of items that become rows of one kind. Most files are one section; some hold several.
"""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Section:
    """Where the items of one kind stand: a whole file, a list in it, or (`single`) one object.

    A `single` section without a key is the file's object without the lists that are sections of their own.
    """

    name: str
    file: str
    key: str = ""
    single: bool = False

    def name_of(self, item_id):
        """How an item is called in messages and in the ledger; ids are unique in their section only."""
        return f"{self.key}/{item_id}" if self.key and not self.single else item_id


SECTIONS = {
    section.name: section
    for section in (
        Section("themes", "taxonomy.json", "themes"),
        Section("target_groups", "taxonomy.json", "target_groups"),
        Section("sdgs", "taxonomy.json", "sdgs"),
        Section("charter_parts", "taxonomy.json", "charter_parts"),
        Section("charter_principles", "taxonomy.json", "charter_principles"),
        Section("cities", "cities.json"),
        Section("networks", "networks.json"),
        Section("series", "series.json"),
        Section("editions", "editions.json"),
        Section("events", "events.json"),
        Section("focus_series", "experiences.json", "series", single=True),
        Section("bank", "experiences.json", "bank"),
        Section("focus", "experiences.json", "focus"),
        Section("categories", "news.json", "categories"),
        Section("posts", "news.json", "posts"),
        Section("pages", "pages.json"),
        Section("identity", "site.json", single=True),
        Section("menu", "site.json", "menu"),
        Section("highlights", "site.json", "highlights"),
        Section("newsletter", "newsletter.json", single=True),
        Section("issues", "newsletter.json", "issues"),
    )
}


class BadData(Exception):
    """The files cannot be loaded; `problems` names file, item and field of each reason."""

    SHOWN = 20

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self):
        lines = self.problems[: self.SHOWN]
        if len(self.problems) > self.SHOWN:
            lines.append(f"… and {len(self.problems) - self.SHOWN} more.")
        return "\n".join(lines)


def read_folder(folder):
    """The items of all files in a folder: `{section name: [item, …]}`.

    Raises `BadData` where a file is missing, is no JSON, or does not hold the lists that it should.
    """
    folder, problems, sections = Path(folder), [], {}
    for file in dict.fromkeys(section.file for section in SECTIONS.values()):
        try:
            parsed = read_json(folder / file)
            sections |= take_apart(file, parsed)
        except BadData as error:
            problems += error.problems
    if problems:
        raise BadData(problems)
    return sections


def read_json(path):
    """The file as Python objects. Raises `BadData` for anything that another program might read differently."""
    try:
        return json.loads(path.read_bytes().decode(), object_pairs_hook=no_key_twice, parse_constant=no_such_number)
    except FileNotFoundError:
        raise BadData([f"{path.name}: there is no such file in {path.parent}"]) from None
    except OSError as error:
        raise BadData([f"{path.name}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise BadData([f"{path.name}: is not in UTF-8 (byte {error.start})"]) from error
    except json.JSONDecodeError as error:
        message = f"{path.name}: line {error.lineno}, column {error.colno}: is no JSON: {error.msg}"
        raise BadData([message]) from error
    except ValueError as error:
        raise BadData([f"{path.name}: {error}"]) from error


def no_key_twice(pairs):
    found = {}
    for key, value in pairs:
        if key in found:
            item = f"{found['id']}: " if isinstance(found.get("id"), str) else ""
            raise ValueError(f"{item}{key}: stands twice in the same object")
        found[key] = value
    return found


def no_such_number(name):
    raise ValueError(f"{name} is no number of JSON")


def take_apart(file, parsed):
    parts = [section for section in SECTIONS.values() if section.file == file]
    if not parts[0].key and not parts[0].single:
        return {parts[0].name: need_list(file, "", parsed)}
    if not isinstance(parsed, dict):
        raise BadData([f"{file}: has to be one object"])
    taken, problems, rest = {}, [], dict(parsed)
    for section in parts:
        if not section.key:
            continue
        if section.key not in rest:
            problems.append(f"{file}: {section.key}: is missing")
        elif section.single:
            taken[section.name] = [rest.pop(section.key)]
        else:
            try:
                taken[section.name] = need_list(file, f"{section.key}: ", rest.pop(section.key))
            except BadData as error:
                problems += error.problems
    whole = next((section for section in parts if not section.key), None)
    if whole:
        taken[whole.name] = [{"id": whole.name, **rest}]
    else:
        problems += [f"{file}: {key}: is not known here" for key in rest]
    if problems:
        raise BadData(problems)
    return taken


def need_list(file, key, value):
    if not isinstance(value, list):
        raise BadData([f"{file}: {key}has to be a list"])
    return value
