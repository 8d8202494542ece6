"""How an item came to be what a version shows: the comment of its revision, said in the reader's language."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """What somebody did. The database keeps the first word, pages say the second."""

    SAVED = "saved", _("saved in the form")
    LIST = "list", _("changed in the list")
    TRANSLATED = "translated", _("on the translator’s page")
    IMPORTED = "imported", _("from a file of translations")
    COPY = "copy", _("a working copy was published")
    SCHEDULED = "scheduled", _("a working copy went public at its moment")
    COPIED = "copied", _("copied from another item")
    APPROVED = "approved", _("a proposal for the front page was approved")
    ADDED = "added", _("added together with others")
    DESCRIBED = "described", _("described together with others")
    RESTORED = "restored", _("restored from the history")
    RECOVERED = "recovered", _("recovered after it had been deleted")
    DELETED = "deleted", _("deleted")
    INVITED = "invited", _("an invitation was accepted")
    PASSWORD = "password", _("a new password was set")
    STARTER = "starter", _("starter content")
    COMMAND = "command", _("by a command")
    # What nobody recorded, found when the item was next written.
    OUTSIDE = "outside", _("changed outside the editors’ desk")
    FOUND = "found", _("as it stood when its history began")


NOT_RECORDED = {Act.OUTSIDE, Act.FOUND}


def comment_of(act: Act, note: str = "") -> str:
    """As a revision keeps it; the note is a name that is the same in all languages, such as that of a command."""
    return f"{act.value} {note}".strip()


def act_of(comment: str) -> Act | None:
    """None for a comment that is not ours."""
    word = comment.partition(" ")[0]
    return Act(word) if word in Act.values else None


def in_words(comment: str) -> str:
    """“restored from the history”; a comment that is not ours stays as it is."""
    act = act_of(comment)
    if act is None:
        return comment
    note = comment.partition(" ")[2]
    if not note:
        return str(act.label)
    return gettext("%(act)s (%(name)s)") % {"act": act.label, "name": note}
