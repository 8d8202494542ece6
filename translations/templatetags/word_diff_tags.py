"""What changed between two texts, for templates of any app."""

from django import template

from publishing.word_diff import SAME, readable, shortened, word_diff

register = template.Library()


@register.simple_tag
def word_changes(before, after, rich=False):
    """The pieces for `admin/translations/_changes.html`; empty where all words are the same."""
    pieces = word_diff(readable(before, rich), readable(after, rich))
    return shortened(pieces) if any(piece.kind != SAME for piece in pieces) else []
