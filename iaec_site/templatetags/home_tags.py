"""What the home page shows besides what stands on every page. One query each, asked where a part of it is made."""

from django import template

from experiences.models import FocusIssue
from news.models import Post
from publishing.prepared import prepared

register = template.Library()

HOME_POSTS = 6


@register.simple_tag
def newest_focus():
    """The newest Focus Experience that readers may see, for the head of the page; None where there is none."""
    return next(iter(focus_issues()), None)


@prepared
def focus_issues():
    return FocusIssue.objects.published().listed().newest_first().for_lead()[:1]


@register.simple_tag
@prepared
def newest_posts():
    """The newest articles, as cards show them."""
    return Post.objects.published().listed().newest_first().for_cards()[:HOME_POSTS]
