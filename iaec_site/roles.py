"""Who may do what: the roles that the site comes with, in one table.

They are groups of Django's. Every `migrate` makes them what this table says, so a role also has what an upgrade adds;
an association that wants another one makes a group of its own. Beside a role, two lists narrow what somebody sees:
"Network editors" (`desk.scope`) to networks, "Translators" (`translations.rights`) to languages.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from desk.history.acts import Act
from desk.history.recording import recorded
from desk.scope import NETWORK_EDITOR

ADMINISTRATOR, SECRETARIAT_EDITOR, TRANSLATOR = "Administrator", "Secretariat editor", "Translator"

ALL = ("view", "add", "change", "delete")
CONTENT = (
    "agenda.event",
    "editions.edition editions.series editions.figure editions.recognition",
    "experiences.experience experiences.focusissue",
    "networks.city networks.network networks.membership",
    "news.post news.category",
    "pages.page pages.menuitem pages.highlight pages.siteidentity pages.sociallink pages.membercount",
    "pictures.picture",
    "publications.publication publications.publicationfile publications.publicationseries publications.document",
)
WORDS_TO_FIND_BY = (
    "experiences.theme experiences.targetgroup experiences.sdg experiences.charterpart experiences.charterprinciple",
)

# Role: [(acts, models)]. What is not named may not be done; None is everything there is.
ROLES: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]] | None] = {
    # Accounts, rights and background work as well.
    ADMINISTRATOR: None,
    # All content of all networks, the newsletter and its readers, and who edits or translates what.
    SECRETARIAT_EDITOR: [
        (ALL, (*CONTENT, *WORDS_TO_FIND_BY, "networks.networkeditor", "translations.translatorlanguages")),
        (("view", "change"), ("translations.translateditem",)),
        (ALL, ("pages.frontpageproposal", "moving_in.oldaddress")),
        # "add" is for bringing in lists: nobody is added by hand.
        (("view", "add", "delete"), ("newsletter.subscriber",)),
        (ALL, ("newsletter.issue newsletter.issuepart",)),
        (("view", "add", "change"), ("newsletter.consenttext", "translations.translatedonly")),
        (("view",), ("auth.user", "checks.keptfinding")),
    ],
    # The items of their networks; the rest only to name it in them.
    NETWORK_EDITOR: [
        (ALL, ("agenda.event", "news.post", "pages.page", "pictures.picture")),
        (ALL, ("publications.publication publications.publicationfile publications.document",)),
        (("view", "change"), ("networks.network", "translations.translateditem")),
        (("view", "add"), ("pages.frontpageproposal",)),
        (("view",), ("checks.keptfinding",)),
        (
            ("view",),
            (
                "networks.city networks.membership news.category editions.edition editions.series",
                "experiences.experience experiences.focusissue publications.publicationseries",
                *WORDS_TO_FIND_BY,
            ),
        ),
    ],
    # Texts in their languages, on the translator's page; no other field of any item.
    TRANSLATOR: [
        (("view",), (*CONTENT, *WORDS_TO_FIND_BY, "newsletter.issue newsletter.issuepart")),
        (("view", "change"), ("translations.translateditem",)),
    ],
}


def ensure_roles(**kwargs) -> None:
    """Make each group what the table says. Called after `migrate`, when the permissions of all apps are there."""
    held = {
        role.name: (role, {permission.pk for permission in role.permissions.all()})
        for role in Group.objects.filter(name__in=ROLES).prefetch_related("permissions")
    }
    rows = Permission.objects.values_list("pk", "content_type__app_label", "content_type__model", "codename")
    known = {f"{app}.{codename.partition('_')[0]}_{model}": pk for pk, app, model, codename in rows}
    for name, rules in ROLES.items():
        wanted = {known[label] for label in (known if rules is None else named_in(rules)) if label in known}
        if name not in held:
            Group.objects.create(name=name).permissions.set(wanted)
        elif held[name][1] != wanted:
            with recorded(act=Act.COMMAND, note="migrate"):
                held[name][0].permissions.set(wanted)


def named_in(rules) -> set[str]:
    """{"agenda.change_event", …}"""
    models = [(acts, model) for acts, labels in rules for label in labels for model in label.split()]
    return {f"{model.partition('.')[0]}.{act}_{model.partition('.')[2]}" for acts, model in models for act in acts}
