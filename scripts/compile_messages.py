"""Compiles the catalogues (*.po) of locale/ and locale_of_django/ where the compiled file is missing or older.

Django's compilemessages needs GNU gettext, which a fresh machine lacks; Babel is installed anyway.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogue(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    # makemessages leaves "Language:" empty, and without a language Babel would write no plural rule
    # at all. The rule itself is the one in the file's header, where there is one.
    catalogue.locale = source.parent.parent.name
    partial = target.with_suffix(".partial")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)


def main() -> None:
    due = []
    for source in sorted(ROOT.glob("locale*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            due.append((source, target))
    if not due:
        return
    print(f"Compiling the interface texts of {len(due)} catalogues …", flush=True)
    for source, target in due:
        try:
            compile_catalogue(source, target)
        except Exception as error:
            sys.exit(f"{source.relative_to(ROOT)}: {error}")


if __name__ == "__main__":
    main()
