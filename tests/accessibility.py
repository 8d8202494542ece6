"""axe-core on a page that the browser shows."""

from functools import cache
from pathlib import Path

AXE = Path(__file__).resolve().parent.parent / "var" / "test-tools" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    if not AXE.exists():
        raise FileNotFoundError("axe-core is missing; `make test` fetches it.")
    return AXE.read_text(encoding="utf-8")


def axe_violations(page, within="html") -> list[str]:
    """One line per element that breaks a rule of WCAG 2.2 AA or a best practice; empty when all is well.

    `within` selects a part of the page, where the rest of it is Django's own.
    """
    # Evaluated rather than added as a script element, which the site's own security policy would block.
    page.evaluate(axe_source())
    run = (
        "([part, rules]) => axe.run(part === 'html' ? document : part, {runOnly: rules, resultTypes: ['violations']})"
    )
    results = page.evaluate(run, [within, RULES])
    return [
        f"{page.url}: {violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
