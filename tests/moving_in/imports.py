"""Runs the command as a webmaster does, and reads its report."""

from __future__ import annotations

import io
import json
from pathlib import Path

from django.apps import apps
from django.core.management import call_command

from moving_in.models import MovedThing, OldAddress

# What an import may write beside content: an identical second run adds nothing to any of them.
EVERYTHING = (
    *("news.Post", "news.Category", "pages.Page", "agenda.Event", "pictures.Picture", "pictures.PictureInText"),
    *("publications.Publication", "publications.PublicationFile", "publications.Document"),
    *("moving_in.MovedThing", "moving_in.OldAddress", "reversion.Revision", "reversion.Version"),
)


class Told:
    """The report of a run: `numbers`, and `of(subject)`: [(number in WordPress, text), …]."""

    def __init__(self, told: dict, screen: str):
        self.numbers = told["numbers"]
        self.subjects = {one["subject"]: one for one in told["subjects"]}
        self.screen = screen

    def of(self, subject: str) -> list[tuple[int | None, str]]:
        notes = self.subjects.get(subject, {"notes": []})["notes"]
        return [(note["wordpress_id"], note["text"]) for note in notes]


def bring_in(*files: Path, **options) -> Told:
    report, screen = files[0].parent / "report.json", io.StringIO()
    call_command("import_wordpress", *map(str, files), report=report, stdout=screen, stderr=io.StringIO(), **options)
    return Told(json.loads(report.read_text(encoding="utf-8")), screen.getvalue())


def all_rows() -> dict[str, list]:
    """Every row of everything that an import writes, with every column."""
    return {label: list(apps.get_model(label)._base_manager.order_by("pk").values()) for label in EVERYTHING}


def became(number: int):
    """The item that a post of WordPress became; None for none."""
    thing = MovedThing.objects.filter(kind="post", name=str(number)).first()
    return thing and thing.content_type.model_class()._base_manager.filter(pk=thing.object_id).first()


def leads(address: str) -> str | None:
    """The path or the name of the item that an old address was noted for."""
    row = OldAddress.objects.filter(address=address).first()
    return row and (row.leads_to or str(row.item))
