"""An export, from the file to the site: read, laid out, joined, and written in portions that can be stopped anywhere.

First every item gets a row, as a draft, so that each has an address; then its texts, in which links lead to these
addresses, and its state. What was killed between is a draft that the next run completes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import override

from desk.history.acts import Act
from desk.history.kinds import kinds
from desk.history.recording import recorded
from moving_in.bundles import MODELS, Bundle, portions
from moving_in.kinds import CLOSED, Choices, note_kinds
from moving_in.languages import Languages, join_translations, note_languages
from moving_in.ledger import Ledger, digest, key_of_item, take_over
from moving_in.media import Media, MediaFolder
from moving_in.models import MovedThing
from moving_in.old_addresses import OldAddresses, host_of, old_keys, site_name
from moving_in.publishing_checks import hold_back
from moving_in.staging import Staging
from moving_in.surroundings import Neighbourhood
from moving_in.taxonomies import Taxonomies
from moving_in.values import Values, all_values, first_values, slugs_of
from moving_in.wxr.laying_out import Progress
from publishing.models import State
from publishing.slugs import languages

COMMAND = "import_wordpress"


@dataclass
class Options:
    media: Path | None = None
    default_language: str = ""
    language_codes: dict[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    hosts: set[str] = field(default_factory=set)
    keep_public: bool = False
    dry_run: bool = False


class Import:
    def __init__(self, staging: Staging, options: Options, progress: Progress):
        self.staging, self.options, self.progress = staging, options, progress
        self.report = staging.report
        site = staging.site
        known = Languages("en", options.language_codes)
        default = options.default_language or known.of_code(site.language or "") or settings.LANGUAGE_CODE
        self.languages = Languages(default, options.language_codes)
        self.ledger = Ledger(site_name(site.base_blog_url or site.link))
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.addresses = OldAddresses(self.report)
        self.hosts = {host_of(address) for address in (site.base_blog_url, site.link)} - {""}
        self.hosts |= options.hosts
        folder = MediaFolder(options.media, self.hosts)
        self.media = Media(folder, self.ledger, staging, self.addresses, options.dry_run)
        self.near = Neighbourhood(self.hosts, staging, self.ledger, self.media)
        self.taxonomies: Taxonomies | None = None

    def run(self) -> None:
        with override(settings.LANGUAGE_CODE), self.taken_back() if self.options.dry_run else nullcontext():
            self.lay_out()
            self.taxonomies = Taxonomies(
                self.staging, self.ledger, self.options.choices, self.languages, self.addresses
            )
            with self.portion():
                self.taxonomies.bring_in()
            self.bring_in_files()
            self.make_items()
            self.fill_items()
            with self.portion():
                self.lead_lists_on()
            self.tell_the_rest()

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    @contextmanager
    def portion(self) -> Iterator:
        """One transaction, one revision of the history, and the old addresses of what was written in it."""
        with recorded(act=Act.COMMAND, note=COMMAND) as recording:
            yield recording
            self.addresses.write()

    def lay_out(self) -> None:
        """What each thing becomes, in which language, and with which others; which address each had."""
        note_kinds(self.staging, self.options.choices)
        note_languages(self.staging, self.languages)
        join_translations(self.staging)
        for item in self.staging.items("becomes IN ('post', 'page', 'event')"):
            for key in old_keys(item):
                self.staging.note_address(key, item.number)
        for item in self.staging.items("becomes = 'file'"):
            host = host_of(item.file_address)
            if host.endswith(".files.wordpress.com"):
                self.hosts.add(host)

    def bring_in_files(self) -> None:
        total = self.staging.count("becomes = 'file'")
        if total and self.options.media is None:
            self.report.note("media", f"{total} files: no folder was given (--media), so none was taken over")
            return
        for done, (number, _, language, _) in enumerate(self.staging.numbers("becomes = 'file'"), 1):
            with self.portion():
                self.media.bring_in(self.staging.item(number), language)
            self.progress("Taking over files", done, total)

    def make_items(self) -> None:
        """A row for each, with title and address, and no more."""
        total, done = self.staging.count("becomes IN ('post', 'page', 'event')"), 0
        for bundles in portions(self.staging, self.ledger):
            new = [bundle for bundle in bundles if bundle.item is None and not bundle.is_gone]
            self.each(new, self.make_several)
            done += sum(len(bundle.members) for bundle in bundles)
            self.progress("Making items", done, total)

    def each(self, bundles: list[Bundle], work: Callable[[list[Bundle]], None]) -> None:
        """All together; where that fails, one by one, and what the database does not take is told and left out."""
        try:
            work(bundles)
            return
        except (DatabaseError, ValidationError, ValueError):
            self.addresses.waiting.clear()
        for bundle in bundles:
            try:
                work([bundle])
            except (DatabaseError, ValidationError, ValueError) as error:
                self.addresses.waiting.clear()
                why = " ".join(str(error).split())
                self.report.note("left_out", f"“{bundle.source.title}” cannot be stored: {why}", bundle.source.number)

    def make_several(self, bundles: list[Bundle]) -> None:
        with transaction.atomic():
            for bundle in bundles:
                self.make(bundle)

    def make(self, bundle: Bundle) -> None:
        values, _date = first_values(bundle, self.staging, self.zone)
        item = MODELS[bundle.becomes](**values)
        for language, slug in slugs_of(bundle).items():
            if slug:
                setattr(item, f"slug_{language}", free := item.free_slug(slug, language))
                if free != slug:
                    self.report.note("slug", f"“{slug}” became “{free}” ({language})", bundle.number_in(language))
        item.save()
        for language, one in bundle.members:
            is_holder = one is bundle.source
            written = {name: digest(value) for name, value in values.items()} if is_holder else {}
            self.ledger.add(MovedThing.Kind.POST, str(one.number), item, language, written=written)

    def fill_items(self) -> None:
        total, done = self.staging.count("becomes IN ('post', 'page', 'event')"), 0
        for bundles in portions(self.staging, self.ledger):
            self.each([bundle for bundle in bundles if self.is_here(bundle)], self.fill)
            done += sum(len(bundle.members) for bundle in bundles)
            self.progress("Writing texts", done, total)

    def is_here(self, bundle: Bundle) -> bool:
        if bundle.is_gone:
            self.report.note("gone", f"“{bundle.source.title}”", bundle.source.number)
        elif bundle.item is None:
            return False
        return not bundle.is_gone

    def fill(self, bundles: list[Bundle]) -> None:
        with self.portion() as recording:
            holders = self.ledger.holders([bundle.item for bundle in bundles])
            planned = [(bundle, all_values(bundle, self.near, self.zone)) for bundle in bundles]
            hold_back(planned, self.ledger, self.report, keep_public=self.options.keep_public)
            for bundle, values in planned:
                self.write(bundle, values, holders[key_of_item(bundle.item)], recording)

    def write(self, bundle: Bundle, values: Values, holder: MovedThing, recording) -> None:
        item, written = bundle.item, dict(holder.written)
        is_new = not holder.is_finished
        columns = values.columns
        if holder.name not in map(str, bundle.numbers):
            if bundle.openness == CLOSED and item.is_public():
                self.report.note(
                    "joining",
                    f"“{bundle.source.title}” is no longer public in WordPress; its text stays public here",
                    bundle.source.number,
                )
                return
            # The post that the item was written from is not in this export: what all languages share stays.
            columns = {name: value for name, value in columns.items() if name.rpartition("_")[2] in languages()}
        if not values.may_be_public:
            columns |= {"state": State.DRAFT} if "state" in columns else {}
        changed, edited = take_over(item, columns, written)
        if is_new:
            recording.note_new(kinds()[type(item)], item.pk)
        if changed:
            item.save()
        sets = self.set_relations(bundle, written, edited)
        self.note_members(bundle, holder)
        keys = {one.number: old_keys(one) for _language, one in bundle.members}
        if written.get("addresses") != digest(keys):
            for language, one in bundle.members:
                self.addresses.add(item, language, keys[one.number], one.number)
            written["addresses"] = digest(keys)
        if edited:
            self.report.note("edited", f"“{item}”: {', '.join(sorted(edited))}", bundle.source.number)
        if written != holder.written or is_new:
            holder.written, holder.is_finished = written, True
            holder.save()
        kind = type(item)._meta.verbose_name_plural
        what = "new" if is_new else "updated" if changed or sets else "unchanged"
        self.report.count(f"{kind}: {what}")

    def set_relations(self, bundle: Bundle, written: dict, edited: list[str]) -> bool:
        """Categories and networks; whether that changed anything."""
        categories, networks = self.taxonomies.of(bundle.source)
        wanted = {"categories": categories, "networks": networks} if bundle.becomes == "post" else {}
        changed = False
        for name, pks in wanted.items():
            relation = getattr(bundle.item, name)
            if written.get(name, digest([])) == digest(pks):
                continue
            present = sorted(relation.values_list("pk", flat=True))
            if digest(present) == written.get(name, digest([])):
                relation.set(pks)
                changed = True
            elif present != pks:
                edited.append(name)
                continue
            written[name] = digest(pks)
        if bundle.becomes == "event" and networks and "network" not in written and bundle.item.network_id is None:
            bundle.item.network_id = networks[0]
            bundle.item.save()
            written["network"] = digest(networks[0])
            changed = True
        return changed

    def note_members(self, bundle: Bundle, holder: MovedThing) -> None:
        for language, one in bundle.members:
            thing = bundle.things.get(one.number)
            if thing is None:
                self.ledger.add(MovedThing.Kind.POST, str(one.number), bundle.item, language, is_finished=True)
            elif not thing.is_finished and thing.pk != holder.pk:
                thing.is_finished = True
                thing.save()

    def lead_lists_on(self) -> None:
        codes, years = {}, {}
        for item in self.staging.items("becomes IN ('post', 'page', 'event')"):
            language, code = self.languages.of_item(item)
            if code and language:
                codes[code.lower()] = language
            if item.kind == "post" and item.status == "publish" and item.date[:4].isdigit() and item.date[:4] > "1900":
                years[item.date[:4], item.date[5:7]] = language
        self.taxonomies.lead_lists_on(codes, years)

    def tell_the_rest(self) -> None:
        report, staging = self.report, self.staging
        names = staging.authors()
        for login, times in staging.uses("author:"):
            report.note("author", f"{names.get(login) or login or '(none)'}: {times} items")
        for name, times in staging.uses("field:"):
            report.note("field", f"{name}, in {times} items")
        tags = staging.uses("tag:")
        if tags:
            report.note("term", f"{len(tags)} tags: there are none here; their addresses lead to the news")
        for kind, times in staging.uses("kind:"):
            report.count(f"of kind “{kind}” in the export", times)
