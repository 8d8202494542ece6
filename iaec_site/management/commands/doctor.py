import json
import os
import sys

from django.core.management.base import BaseCommand

from iaec_site.doctor.examining import EXAMINATIONS, examine_all
from iaec_site.doctor.findings import State

COLOURS = {State.OK: "32", State.WARNING: "33", State.FAILS: "31;1", State.SKIPPED: "2"}


class Command(BaseCommand):
    help = (
        "Looks whether the running site is in order and says what to do where it is not. Changes and sends "
        "nothing. The exit code is 1 if something fails."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for programs: a list of findings")

    def handle(self, *, json: bool, **options):
        findings = examine_all(progress=self.show_progress)
        self.end_progress()
        self.stdout.write(as_json(findings) if json else self.as_table(findings))
        if any(one.state is State.FAILS for one in findings):
            sys.exit(1)

    def as_table(self, findings) -> str:
        first = max(len(state) for state in State)
        second = max(len(one.what) for one in findings)
        lines = []
        for one in findings:
            state = f"{one.state:{first}}"
            if self.stdout.isatty() and not self.style_is_off():
                state = f"\033[{COLOURS[one.state]}m{state}\033[0m"
            lines.append(f"{state}  {one.what:{second}}  {one.found}".rstrip())
            if one.remedy:
                lines.append(f"{'':{first + second + 2}}  → {one.remedy}")
        counts = [f"{sum(one.state is state for one in findings)} {state}" for state in State]
        return "\n".join([*lines, "", ", ".join(counts)])

    def style_is_off(self) -> bool:
        return "NO_COLOR" in os.environ

    def show_progress(self, done):
        if sys.stderr.isatty():
            self.stderr.write(f"\rLooking: {done} of {len(EXAMINATIONS)} …", ending="")
            self.stderr.flush()

    def end_progress(self):
        if sys.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")


def as_json(findings) -> str:
    return json.dumps([one._asdict() for one in findings], ensure_ascii=False, indent=1)
