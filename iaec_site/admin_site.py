"""The admin, arranged by what editors do rather than by app."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.collation import collation_key
from publishing.date_box import reading_of

# Task, what it is for, and its models in the order in which editors need them.
TASKS = [
    (
        "agenda",
        _("Agenda and news"),
        _("What is on, and what was said."),
        ["agenda.Event", "news.Post", "news.Category"],
    ),
    (
        "experiences",
        _("Experiences"),
        _("What cities can learn from one another."),
        ["experiences.FocusIssue", "experiences.Experience"],
    ),
    (
        "networks",
        _("Networks and cities"),
        _("Who belongs to the association."),
        ["networks.Network", "networks.City", "networks.NetworkEditor"],
    ),
    (
        "editions",
        _("Congress, Award, International Day"),
        _("Numbered editions with their results."),
        ["editions.Edition", "editions.Series"],
    ),
    (
        "pages",
        _("Pages, menu and home page"),
        _("What stays, and how readers get there."),
        [
            *("pages.Page", "pages.MenuItem", "pages.Highlight", "pages.FrontPageProposal", "pages.SiteIdentity"),
            "moving_in.OldAddress",
        ],
    ),
    (
        "publications",
        _("Publications"),
        _("What readers can keep: files in any language, in series."),
        ["publications.Publication", "publications.Document", "publications.PublicationSeries"],
    ),
    (
        "languages",
        _("Languages"),
        _("What is missing or out of date, and who translates it."),
        ["translations.TranslatedItem", "translations.TranslatorLanguages", "translations.TranslatedOnly"],
    ),
    ("checks", _("Checks"), _("What is wrong in public items, looked for once a week."), ["checks.KeptFinding"]),
    ("pictures", _("Pictures"), _("With their alternative texts and credits."), ["pictures.Picture"]),
    (
        "newsletter",
        _("Newsletter"),
        _("Letters, their readers and what these agreed to."),
        ["newsletter.Issue", "newsletter.Subscriber", "newsletter.ConsentText"],
    ),
    (
        "taxonomy",
        _("Words to find by"),
        _("Themes, target groups, goals and principles. They rarely change."),
        [
            "experiences.Theme",
            "experiences.TargetGroup",
            "experiences.Sdg",
            "experiences.CharterPart",
            "experiences.CharterPrinciple",
        ],
    ),
]
SYSTEM = ("system", _("System"), _("Accounts, rights and background work."))


class SiteAdminConfig(AdminConfig):
    default_site = "iaec_site.admin_site.EditorsDesk"


class EditorsDesk(admin.AdminSite):
    site_header = _("Editors’ desk")
    site_title = _("Editors’ desk")
    index_title = _("What would you like to do?")
    index_template = "admin/front_page.html"

    def get_urls(self):
        # This module is read before there are models.
        from desk.letters_to_staff import letters_urls
        from desk.time_travel import time_travel_urls
        from entrance.pages import entrance_urls
        from invitations.pages import invitation_urls
        from pages.proposals import proposal_urls
        from translations.admin_exchange import exchange_urls

        read_date = path("read-date/", self.admin_view(require_safe(self.read_date)), name="read_date")
        # Django's way round to any item of any kind is not needed: forms link to their own pages.
        own = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]
        of_staff = [*letters_urls(self), *entrance_urls(self), *invitation_urls(self)]
        return [read_date, *of_staff, *time_travel_urls(self), *proposal_urls(self), *exchange_urls(self), *own]

    def index(self, request, extra_context=None):
        from desk.today import today  # like those above

        return super().index(request, {"today": today(request)} | (extra_context or {}))

    def password_change(self, request, extra_context=None):
        from iaec_site.admin import with_new_password_told  # like those above

        view = super().password_change
        return with_new_password_told(request, request.user.pk, lambda: view(request, extra_context))

    def read_date(self, request):
        """What stands below a date's box while somebody writes in it; see static/admin-look/date-box.js."""
        reading = reading_of(
            request.GET.get("text", ""),
            southern=lies_in_the_south(request.GET.get("city", "")),
            with_times="times" in request.GET,
        )
        return render(request, "admin/_date_reading.html", {"reading": reading})

    def get_app_list(self, request, app_label=None):
        """Models by task; what no task names stands under "System", so that nothing gets lost."""
        if app_label is not None:
            found = super().get_app_list(request, app_label)
            return [app | {"models": by_name(app["models"])} for app in found]
        entries = {entry["model"]: entry for app in super().get_app_list(request) for entry in app["models"]}
        groups = []
        for key, name, purpose, labels in TASKS:
            found = [entries.pop(apps.get_model(label), None) for label in labels]
            groups.append(self.group(key, name, purpose, [entry for entry in found if entry]))
        groups.append(self.group(*SYSTEM, by_name(entries.values())))
        return [group for group in groups if group["models"]]

    def group(self, key, name, purpose, models):
        return {"app_label": key, "name": name, "purpose": purpose, "models": models, "has_module_perms": True}


def by_name(models):
    """Django sorts by code points, where “Éditions” comes last."""
    return sorted(models, key=lambda model: collation_key(str(model["name"])))


def lies_in_the_south(city):
    """Whether the city of this id, as a browser sends it, lies south of the equator."""
    if not (city.isascii() and city.isdigit() and len(city) < 19):
        return False
    return apps.get_model("networks.City").objects.filter(pk=city, latitude__lt=0).exists()
