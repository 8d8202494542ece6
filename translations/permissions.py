"""Who may translate what."""

from __future__ import annotations


def may_translate(user, language):
    """Whether a user may write texts in a language. Everybody may who may change the item."""
    return True


def may_change(user, item):
    """Whether a user may change an item, by the permissions of its model."""
    opts = item._meta
    return user.has_perm(f"{opts.app_label}.change_{opts.model_name}")
