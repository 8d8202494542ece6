"""Walks the guide on a fresh site and takes its pictures anew: `make guide`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from playwright.sync_api import sync_playwright

from guide import picturing
from guide.reading import FOLDER, pages, pictures_of, walks
from guide.site import fresh_site
from guide.walking import Astray, Walker


def main() -> None:
    parser = argparse.ArgumentParser(prog="guide", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", 8137)))
    parser.add_argument("--until", default="", metavar="PAGE.md", help="stop after this page")
    asked = parser.parse_args()
    path = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM") or "chromium", "google-chrome"))), None)
    if path is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    print("Making a site for the guide …", flush=True)
    with fresh_site(asked.port) as site, sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
        browser = playwright.chromium.launch(executable_path=path, args=["--no-first-run", *sandbox])
        walker = Walker(browser, site, picturing.take)
        try:
            for walk in walks():
                print(f"  {walk.page}, line {walk.line} ({len(walk.steps)} steps)", flush=True)
                walker.walk(walk)
                if asked.until and walk.page > asked.until:
                    break
        except Astray as error:
            sys.exit(f"{error}\nMend the guide, or the interface; the pictures until there are made.")
        browser.close()
    named = {FOLDER / path for page in pages() for _text, path in pictures_of(page)}
    for left in set((FOLDER / "pictures").glob("*.png")) - named:
        left.unlink()
    size = sum(each.stat().st_size for each in (FOLDER / "pictures").glob("*.png"))
    print(f"{len(named)} pictures, {size / 1_000_000:.1f} MB")


if __name__ == "__main__":
    main()
