from django.shortcuts import get_object_or_404, render

from experiences.models import CharterPrinciple, Experience, FocusIssue, Sdg, TargetGroup, Theme
from publishing.paging import page_of
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

PAGE_SIZE = 12


@public_page
def experience_list(request):
    """The bank, all of it or by one theme (`?theme=childhood`); an unknown theme is a page that does not exist."""
    experiences = Experience.objects.published()
    theme = None
    if request.GET.get("theme"):
        theme = get_object_or_404(Theme, key=request.GET["theme"])
        experiences = experiences.filter(themes=theme)
    page = page_of(experiences.listed().for_cards(), PAGE_SIZE, request.GET.get("page"))
    return render(
        request,
        "experiences/experience_list.html",
        {
            "page": page,
            "elsewhere": [] if page else experiences.languages_to_read(),
            "theme": theme,
            "themes": Theme.objects.all(),
            "canonical_query": {"theme": theme.key} if theme else {},
        },
    )


@public_page
def experience_detail(request, slug):
    experiences = Experience.objects.published().select_related("city", "picture", "focus_issue")
    experiences = experiences.prefetch_related("themes")
    return render_experience(request, get_by_slug(experiences, slug))


def render_experience(request, experience):
    """Also called by the admin's preview, for drafts."""
    issue = getattr(experience, "focus_issue", None)
    context = {
        "item": experience,
        "experience": experience,
        "issue": issue if issue and issue.is_public() else None,
        "posts": experience.posts.published().listed().newest_first().for_cards(),
    } | facets_of(experience)
    return render(request, "experiences/experience_detail.html", context)


def facets_of(experience):
    return {
        "themes": experience.themes.all(),
        "target_groups": TargetGroup.objects.filter(experiences=experience),
        "sdgs": Sdg.objects.filter(experiences=experience),
        "principles": CharterPrinciple.objects.filter(experiences=experience).select_related("part"),
        "editions": experience.editions.published().for_cards(),
    }


@public_page
def focus_list(request):
    issues = FocusIssue.objects.published()
    page = page_of(issues.listed().newest_first().for_cards(), PAGE_SIZE, request.GET.get("page"))
    context = {"page": page, "elsewhere": [] if page else issues.languages_to_read()}
    return render(request, "experiences/focus_list.html", context)


@public_page
def focus_detail(request, number):
    issues = FocusIssue.objects.published().select_related("experience__city", "experience__picture", "series")
    issues = issues.filter(series__key="focus_experience").prefetch_related("experience__themes")
    return render_focus_issue(request, get_object_or_404(issues, number=number))


def render_focus_issue(request, issue):
    """Also called by the admin's preview, for drafts."""
    others = FocusIssue.objects.published().listed().select_related("experience").defer("experience__body")
    context = {
        "item": issue,
        "issue": issue,
        "experience": issue.experience,
        "previous": others.filter(number__lt=issue.number).order_by("-number").first(),
        "next": others.filter(number__gt=issue.number).order_by("number").first(),
    } | facets_of(issue.experience)
    return render(request, "experiences/focus_detail.html", context)
