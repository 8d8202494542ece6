"""Categories of WordPress: which category of the news, or which network, each of them is here."""

from __future__ import annotations

from urllib.parse import unquote

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from moving_in.address_keys import path_key
from moving_in.kinds import Choices
from moving_in.languages import Languages
from moving_in.ledger import Ledger
from moving_in.models import MovedThing
from moving_in.old_addresses import OldAddresses
from moving_in.staging import Staging
from moving_in.texts.converting import cut, plain
from moving_in.wxr.php_values import NotPhp, read_php
from moving_in.wxr.records import Item, Term
from networks.models import Network
from news.models import Category
from publishing.slugs import languages, make_slug

LONGEST_NAME = 120


class Taxonomies:
    def __init__(self, staging: Staging, ledger: Ledger, choices: Choices, known: Languages, addresses: OldAddresses):
        self.staging = staging
        self.report = staging.report
        self.ledger = ledger
        self.choices = choices
        self.languages = known
        self.addresses = addresses
        self.categories: dict[str, list[int]] = {}  # slug in WordPress: pks here
        self.networks: dict[str, list[int]] = {}
        self.terms = {term.slug: term for term in staging.terms("category")}
        self.by_number = {term.number: term for term in self.terms.values() if term.number}

    def bring_in(self) -> None:
        """Those that a post uses, and no others."""
        used = self.used()
        for slug in used:
            if slug in self.choices.targets:
                self.follow_map(slug)
        joined = self.joined()
        for slug, language in used.items():
            if slug in self.choices.targets or slug in self.choices.dropped or slug in self.choices.events:
                continue
            self.take(slug, joined.get(slug) or {language: slug})
        for slug, term in self.terms.items():
            if slug not in used and slug not in self.choices.dropped:
                self.report.note("term", f"the category “{term.name}” has no posts and was not made")

    def used(self) -> dict[str, str]:
        """{slug: the language of the first post in it}."""
        found: dict[str, str] = {}
        rows = self.staging.database.execute(
            "SELECT number, language FROM items WHERE becomes = 'post' ORDER BY number"
        )
        languages_of = dict(rows.fetchall())
        for item in self.staging.items("becomes = 'post'"):
            for domain, slug, name in item.terms:
                if domain == "category" and slug:
                    found.setdefault(slug, languages_of[item.number])
                    self.terms.setdefault(slug, Term("category", slug, name=name))
        return found

    def joined(self) -> dict[str, dict[str, str]]:
        """{slug: {language: slug} of all its translations}, by Polylang's lists or WPML's fields."""
        groups: dict[str, dict[str, str]] = {}
        for term in self.staging.terms("term_translations"):
            try:
                value = read_php(term.description)
            except NotPhp:
                self.report.note("joining", f"the list of translated categories “{term.slug}” cannot be read")
                continue
            pairs = value.items() if isinstance(value, dict) else ()
            self.join(groups, [(str(code), self.by_number.get(number)) for code, number in pairs])
        of_wpml: dict[str, list] = {}
        for term in self.terms.values():
            if name := term.meta.get("_wpml_import_translation_group"):
                of_wpml.setdefault(name, []).append((term.meta.get("_wpml_import_language_code", ""), term))
        for pairs in of_wpml.values():
            self.join(groups, pairs)
        return groups

    def join(self, groups: dict, pairs: list) -> None:
        group: dict[str, str] = {}
        for code, term in pairs:
            language = self.languages.of_code(code)
            if term is not None and language and language not in group and term.slug not in groups:
                group[language] = term.slug
        for slug in group.values():
            groups[slug] = group

    def follow_map(self, slug: str) -> None:
        for kind, wanted in self.choices.targets[slug]:
            model = Category if kind == "category" else Network
            found = find(model, wanted)
            if found is None:
                self.report.note("term", f"--map sends “{slug}” to the {kind} “{wanted}”, which there is not")
                continue
            (self.categories if kind == "category" else self.networks).setdefault(slug, []).append(found.pk)
            self.addresses.add(found, self.languages.default, self.keys(slug, self.languages.default), 0)

    def take(self, slug: str, group: dict[str, str]) -> None:
        """The category of a group of translations: the one of an earlier run, one that the site has, or a new one."""
        if slug in self.categories:
            return
        names = {name_of(one): language for language, one in group.items()}
        things = self.ledger.things(MovedThing.Kind.TERM, names)
        category = next((item for thing in things.values() if (item := self.ledger.item(thing))), None)
        if category is None and things:
            self.report.note("gone", f"the category “{slug}”")
            return
        if category is None:
            category = next((found for one in group.values() if (found := find(Category, make_slug(one)))), None)
            if category is not None:
                self.report.note("term", f"“{slug}” is the category “{category}”, which the site has already")
        if category is None:
            category = self.make(group)
        for name, language in names.items():
            if name not in things:
                self.ledger.add(MovedThing.Kind.TERM, name, category, language, is_finished=True)
                one = group[language]
                self.addresses.add(category, language, self.keys(one, language), 0)
        for one in group.values():
            self.categories[one] = [category.pk]

    def make(self, group: dict[str, str]) -> Category:
        order = (Category.objects.aggregate(last=Max("order"))["last"] or 0) + 10
        category = Category(source_language=next(iter(group)), order=min(order, 32_000))
        for language, slug in group.items():
            name = " ".join(plain(self.terms[slug].name or slug).split()) or slug
            setattr(category, f"name_{language}", name if len(name) <= LONGEST_NAME else cut(name, LONGEST_NAME))
            if wanted := make_slug(unquote(slug)):
                setattr(category, f"slug_{language}", category.free_slug(wanted, language))
        category.save()
        self.report.count("categories made")
        return category

    def keys(self, slug: str, language: str) -> list[str]:
        """Where WordPress showed a category: below its parents, under its number, under the code of its language."""
        term, path, seen = self.terms.get(slug), [slug], {slug}
        while term is not None and term.parent and term.parent not in seen:
            seen.add(term.parent)
            path.insert(0, term.parent)
            term = self.terms.get(term.parent)
        paths = dict.fromkeys(["/".join(path), slug])
        keys = [f"/{prefix}category/{path}" for path in paths for prefix in ("", f"{language}/")]
        number = self.terms[slug].number if slug in self.terms else 0
        keys = [key for one in keys if (key := path_key(unquote(one)))]
        return [*keys, *([f"/?cat={number}"] if number else [])]

    def of(self, item: Item) -> tuple[list[int], list[int]]:
        """(pks of categories, pks of networks) of a post."""
        slugs = item.slugs("category")
        categories = {pk for slug in slugs for pk in self.categories.get(slug, ())}
        networks = {pk for slug in slugs for pk in self.networks.get(slug, ())}
        return sorted(categories), sorted(networks)

    def lead_lists_on(self, codes: dict[str, str], years: dict[tuple[str, str], str]) -> None:
        """Old lists that are no items: feeds, archives by date and tag, categories of events. `codes` are the codes of
        WordPress with their languages; `years` are {(year, month): language} of public posts.
        """
        default = self.languages.default
        for code, language in {"": default, **codes}.items():
            start = f"/{code}" if code else ""
            with override(language):
                news, agenda = reverse("news:post_list"), reverse("agenda:event_list")
                self.addresses.add_path(f"{start}/feed", reverse("news:post_atom_feed"))
                self.addresses.add_path(f"/?lang={code}", f"/{language}/") if code else None
                self.addresses.add_path(start, f"/{language}/") if start else None
                for slug in sorted(self.choices.events & {*self.terms}):
                    self.addresses.add_path(path_key(f"{start}/category/{unquote(slug)}") or "", agenda)
                for slug, _times in self.staging.uses("tag:"):
                    self.addresses.add_path(path_key(f"{start}/tag/{unquote(slug)}") or "", news)
                for login in self.staging.authors():
                    self.addresses.add_path(path_key(f"{start}/author/{login}") or "", news)
                for year, month in years:
                    archive = reverse("news:post_archive", kwargs={"year": int(year)})
                    self.addresses.add_path(f"{start}/{year}", archive)
                    self.addresses.add_path(f"{start}/{year}/{month}", archive)


def name_of(slug: str) -> str:
    return f"category/{slug}"[:400]


def find(model, slug: str):
    """By its slug in any language."""
    for language in languages():
        if found := model._base_manager.filter(**{f"slug_{language}": slug}).order_by("pk").first():
            return found
    return None
