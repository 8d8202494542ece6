"""What the pages of deleted items say."""

from django import template

from publishing.word_diff import readable

register = template.Library()


@register.filter
def was_words(change):
    """The words of a value as it was, without markup."""
    return readable(change.after, change.rich)
