"""Checks what is shipped: `python tools/check_package.py [--sbom FILE]`.

Builds the wheel and the source distribution twice and compares the bytes, checks their metadata (`twine check`), writes
the bill of materials of what is installed (CycloneDX), compares every installed licence with the list below, asks for
known vulnerabilities (`pip-audit`), and checks that the lock file satisfies pyproject.toml. Says what could not be
checked, and exits with 1 if a check failed. Needs `pip install '.[package]'`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata as metadata
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-dev.lock"
# Licences that let the package be installed and passed on together with these dependencies.
PERMISSIVE = re.compile(
    r"apache|\bmit\b|\bbsd|\bisc\b|psf|python software|mozilla|mpl|unlicense|\bzpl\b|0bsd|hpnd|\bcc0|ofl|zlib|lgpl"
    r"|lesser general public",
    re.IGNORECASE,
)
# Distributions that state no licence in their metadata, and where it stands.
STATED_ELSEWHERE = {"durable-rules": "MIT, in the LICENSE of its source distribution"}


def build(folder: Path) -> dict[str, str]:
    """Build both distributions into a folder; the SHA-256 of each by its name."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    time = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True, text=True, check=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": time.stdout.strip()}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def reproducible(scratch: Path) -> Iterator[str]:
    """What differs between two builds, or is wrong with their metadata."""
    first, second = build(scratch / "first"), build(scratch / "second")
    yield from (f"{name}: two builds differ" for name in first if first[name] != second.get(name))
    checked = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *map(str, (scratch / "first").iterdir())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if checked.returncode:
        yield checked.stdout.strip()
    for name, digest in first.items():
        print(f"  {name} sha256:{digest}")


def needed(name: str, extras: frozenset[str], seen: set[str]) -> None:
    """Add the installed distributions that one needs, itself included."""
    if canonicalize_name(name) in seen:
        return
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    seen.add(canonicalize_name(name))
    for line in found.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            needed(requirement.name, frozenset(requirement.extras), seen)


def licence(name: str) -> str:
    """The licence that a distribution states: its expression, its classifiers or its text's first line."""
    found = metadata.metadata(name)
    classifiers = [one.split(" :: ")[-1] for one in found.get_all("Classifier", []) if one.startswith("License ::")]
    stated = found.get("License-Expression") or "; ".join(classifiers) or (found.get("License") or "").split("\n")[0]
    return stated or STATED_ELSEWHERE.get(canonicalize_name(name), "")


def licences() -> Iterator[str]:
    """The dependencies, extras included, whose licence is not on the list."""
    seen: set[str] = set()
    extras = frozenset(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
    needed("applicability", extras - {"test", "package"}, seen)
    for name in sorted(seen - {"applicability"}):
        stated = licence(name)
        if not PERMISSIVE.search(stated):
            yield f"{name}: licence {stated or 'not stated'}"
    print(f"  licences of {len(seen) - 1} dependencies read")


def locked() -> Iterator[str]:
    """Requirements of pyproject.toml for development that the lock file does not satisfy."""
    pins = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text("utf-8"), re.MULTILINE))
    versions = {canonicalize_name(name): version for name, version in pins.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted, groups, done = list(project["dependencies"]), ["test"], set()
    while groups:
        group = groups.pop()
        if group in done:
            continue
        done.add(group)
        for line in project["optional-dependencies"][group]:
            requirement = Requirement(line)
            if requirement.name == "applicability":
                groups += requirement.extras
            else:
                wanted.append(line)
    for line in wanted:
        requirement = Requirement(line)
        version = versions.get(canonicalize_name(requirement.name))
        if version is None or version not in requirement.specifier:
            yield f"{LOCK.name}: {line} is locked at {version or 'nothing'}"


def vulnerabilities() -> Iterator[str]:
    """Known vulnerabilities of what is installed; says so if the service that knows them cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        print("  NOT CHECKED: known vulnerabilities (the advisory service cannot be reached from here)")
        return
    skipped = [one["name"] for one in found if "skip_reason" in one]
    if len(skipped) == len(found):
        print("  NOT CHECKED: known vulnerabilities (the registry used here answers no such question)")
        return
    print(f"  {len(found) - len(skipped)} distributions asked about; not known there: {', '.join(skipped) or 'none'}")
    for one in found:
        for flaw in one.get("vulns", ()):
            yield f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"


def bill(file: Path) -> Iterator[str]:
    """Write the bill of materials of this environment, and print its digest; what is wrong with it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON", "-o", str(file),
        sys.executable,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"bill of materials: {done.stderr.strip()}"
        return
    data = file.read_bytes()
    print(f"  {file}: {len(json.loads(data)['components'])} components, sha256:{hashlib.sha256(data).hexdigest()}")


def main() -> None:
    """Run every check, and exit with 1 if one failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sbom", type=Path, help="where the bill of materials is kept")
    given = parser.parse_args()
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for title, check in (
            ("two builds, byte for byte, and their metadata", reproducible(scratch)),
            ("the lock file", locked()),
            ("licences", licences()),
            ("bill of materials", bill(given.sbom or scratch / "sbom.cdx.json")),
            ("known vulnerabilities", vulnerabilities()),
        ):
            print(title)
            problems += check
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
