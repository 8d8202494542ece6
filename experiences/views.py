from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from experiences.facet_index import facet_index
from experiences.facets import FacetForm, texts_of
from experiences.matrix import matrix_of
from experiences.models import CharterPrinciple, Experience, FocusIssue, Sdg, TargetGroup
from experiences.selection import TABLE, Result, read_selection, title_of
from experiences.similar import in_order_of, similar_experiences
from publishing import clock
from publishing.kept import lazily
from publishing.paging import page_of
from publishing.prepared import prepared
from publishing.public_page import public_page
from publishing.slugs import get_by_slug
from translations.language_names import own_name
from translations.texts import current_language, languages_of

PAGE_SIZE = 12
TABLE_SIZE = 40


@public_page
def experience_list(request):
    """The bank, or the choice that the address names: see `experiences.selection`."""
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now)
    result = Result(index, selection, now)
    is_table = selection.view == TABLE
    page = page_of(result.pks, TABLE_SIZE if is_table else PAGE_SIZE, request.GET.get("page"))
    pks = page.object_list
    page.object_list = SimpleLazyObject(lambda: in_order_of(pks, with_goals=is_table))
    texts = texts_of(selection)
    context = {
        "kept_as": ("experiences", selection.data_address(""), selection.view, page.number),
        "page": page,
        "selection": selection,
        "texts": texts,
        "title": title_of([text.text for text in texts]),
        "form": FacetForm(result, request.path),
        "matrix_address": selection.without("sdg")
        .without("principle")
        .data_address(reverse("experiences:experience_matrix")),
        "elsewhere": [] if result.count else result.languages_to_read(),
        "canonical_query": selection.query,
        "noindex": is_unlisted(selection, result.count),
    }
    return render(request, "experiences/experience_list.html", context)


def is_unlisted(selection, count):
    """Search engines keep the bank and what one value leads to; combinations are more than anybody reads."""
    return selection.parts > 1 or bool(selection.text) or selection.view == TABLE or (selection.parts and not count)


@public_page
def experience_matrix(request):
    """Charter principles across Sustainable Development Goals, of the same choice as the list's."""
    index, now = facet_index(), clock.now()
    selection = read_selection(request.GET, index, now).without("sdg").without("principle")
    list_address = reverse("experiences:experience_list")
    result = Result(index, selection, now)
    texts = texts_of(selection)
    context = {
        "kept_as": ("matrix", selection.data_address("")),
        "matrix": SimpleLazyObject(lambda: matrix_of(result, list_address)),
        "texts": texts,
        "words": ", ".join(text.text for text in texts),
        "list_address": selection.data_address(list_address),
        "canonical_query": selection.query,
        "noindex": selection.parts > 0,
    }
    return render(request, "experiences/experience_matrix.html", context)


@public_page
def experience_detail(request, slug):
    return render_experience(request, get_by_slug(public_experiences, slug))


def public_experiences():
    experiences = Experience.objects.published().select_related("city", "picture", "focus_issue")
    return experiences.prefetch_related("themes")


def render_experience(request, experience):
    """Also called by the admin's preview, for drafts."""
    issue = getattr(experience, "focus_issue", None)
    context = {
        "kept_as": ("experience", experience.pk),
        "item": experience,
        "experience": experience,
        "issue": issue if issue and issue.is_public() else None,
        "posts": SimpleLazyObject(lambda: experience.posts.published().listed().newest_first().for_cards()),
        "similar": SimpleLazyObject(lambda: similar_experiences(facet_index(), experience.pk)),
    } | facets_of(experience)
    return render(request, "experiences/experience_detail.html", context)


def facets_of(experience):
    return lazily(
        themes=experience.themes.all,
        target_groups=lambda: TargetGroup.objects.filter(experiences=experience),
        sdgs=lambda: Sdg.objects.filter(experiences=experience),
        principles=lambda: CharterPrinciple.objects.filter(experiences=experience).select_related("part"),
        editions=lambda: experience.editions.published().for_cards(),
    )


def record_links(experience):
    """The record's page in the languages that it exists in: `[{"code", "name", "url"}, …]`, the page's own first."""
    links = []
    for code in languages_of(experience):
        with override(code):
            links.append({"code": code, "name": own_name(code), "url": experience.get_absolute_url()})
    return sorted(links, key=lambda link: link["code"] != current_language())


@public_page
def focus_list(request):
    issues = FocusIssue.objects.published()
    listed = issues.listed().newest_first()
    page = page_of(listed.for_cards(), PAGE_SIZE, request.GET.get("page"), ("focus",))
    context = {
        "kept_as": ("focus", page.number),
        "page": page,
        "numbers": listed.values_list("number", flat=True) if page.paginator.count else [],
        "elsewhere": [] if page.paginator.count else issues.languages_to_read(),
    }
    return render(request, "experiences/focus_list.html", context)


@public_page
def focus_detail(request, number):
    for issue in focus_issues(number):
        return render_focus_issue(request, issue)
    raise Http404


@prepared
def focus_issues(number):
    issues = FocusIssue.objects.published().select_related("experience__city", "experience__picture", "series")
    issues = issues.filter(series__key="focus_experience", number=number).order_by()
    return issues.prefetch_related("experience__themes")


def render_focus_issue(request, issue):
    """Also called by the admin's preview, for drafts."""

    def others():
        return FocusIssue.objects.published().listed().select_related("experience").defer("experience__body")

    context = {
        "kept_as": ("focus issue", issue.pk),
        "item": issue,
        "issue": issue,
        "experience": issue.experience,
        "previous": SimpleLazyObject(lambda: others().filter(number__lt=issue.number).order_by("-number").first()),
        "next": SimpleLazyObject(lambda: others().filter(number__gt=issue.number).order_by("number").first()),
        "record_links": record_links(issue.experience),
    } | facets_of(issue.experience)
    return render(request, "experiences/focus_detail.html", context)
