"""Checks `deploy/`: `pip install '.[package]'`, then `python tools/check_deploy.py [--python python3.13]`.

Lints the Dockerfile (hadolint) and the compose file (compose-lint), verifies the systemd unit and how exposed it is
(`systemd-analyze`), and does what the Dockerfile does without an image, for which a registry would be needed: installs
what it copies by its own commands, and runs its entry point as compose.yaml does, as the same user, without rights, on
a read-only file system (bubblewrap). Says what could not be checked; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
# `systemd-analyze security` counts from 0 to 10; below 2 it says OK, with a face that smiles.
MOST_EXPOSED = "20"
_SITE = "opening.example.org"

# Runs in the sandbox: the entry point, the health check until it is well, requests, an end.
_VISITOR = """
import json, os, signal, subprocess, sys, time, urllib.request
entry, health = json.loads(sys.argv[1]), json.loads(sys.argv[2])
assert os.getuid() == int(sys.argv[3]), os.getuid()
rights = [line.split()[1] for line in open("/proc/self/status") if line.startswith(("CapEff", "CapBnd"))]
assert set(rights) == {"0" * 16}, rights
for path in ("/written", os.environ["APPLICABILITY_CACHE"] + "/written", sys.prefix + "/written"):
    try:
        open(path, "w")
    except OSError:
        continue
    sys.exit(f"{path} can be written")
hit = "import sys, applicability; applicability.load_rulebook(); "
hit += "sys.exit('applicability.loading.rulebook' in sys.modules)"
assert subprocess.run([sys.executable, "-c", hit]).returncode == 0, "the cache of the image is not used"
service = subprocess.Popen(entry)
try:
    for _ in range(300):
        if subprocess.run(health, stderr=subprocess.DEVNULL).returncode == 0:
            break
        assert service.poll() is None, "it ended"
        time.sleep(0.1)
    else:
        sys.exit("it is not well after half a minute")

    def ask(path, kind="application/json", body=b'{"city": "\\xe6\\x88\\x90\\xe9\\x83\\xbd"}'):
        asked = urllib.request.Request(f"http://127.0.0.1:8155{path}", body, {"content-type": kind})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.read()

    assert len(json.loads(ask("/v1/check"))["findings"]) > 100
    assert ask("/v1/report?format=pdf").startswith(b"%PDF")
    assert ask("/v1/report?format=xlsx").startswith(b"PK")
    assert b"verdicts" in ask("/v1/check/batch", "application/x-ndjson")
    assert b"applicability_requests_total" in urllib.request.urlopen("http://127.0.0.1:8155/metrics").read()
finally:
    service.send_signal(signal.SIGTERM)
    service.wait(20)
print("  it serves, by its own user, without rights, on a read-only file system")
"""
# Linux 6.3 and later keep a process from making memory executable, as MemoryDenyWriteExecute of the unit does.
_NO_NEW_CODE = """
import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):
    print("  NOT CHECKED: new code in memory (this Linux does not forbid it)", flush=True)
os.execv(sys.argv[1], sys.argv[1:])
"""


def linted() -> Iterator[str]:
    """What the linters say."""
    scripts = Path(sys.executable).parent
    for command in (
        [str(scripts / "hadolint"), "--no-color", str(DEPLOY / "Dockerfile")],
        [str(scripts / "compose-lint"), str(DEPLOY / "compose.yaml")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield (done.stdout + done.stderr).strip()


def verified() -> Iterator[str]:
    """What systemd says of the unit, whose program is put where one is."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        print("  NOT CHECKED: the unit (there is no systemd-analyze here)")
        return
    unit = (DEPLOY / "applicability.service").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "applicability.service"
        file.write_text(unit.replace("/opt/applicability/bin/applicability", "/bin/true"), "utf-8")
        for command in (
            ["verify", str(file)],
            ["security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(file)],
        ):
            done = subprocess.run([analyze, *command], capture_output=True, text=True, check=False)
            if done.returncode or (command[0] == "verify" and done.stderr.strip()):
                yield f"systemd-analyze {command[0]}: {(done.stderr or done.stdout).strip()}"


class Dockerfile:
    """The steps of the last stage, and those of the one before."""

    def __init__(self, text: str) -> None:
        lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
        steps = [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1].strip()) for line in lines if line.strip()]
        last = max(place for place, (word, _) in enumerate(steps) if word == "FROM")
        self.build, self.final = steps[:last], steps[last:]

    def all(self, word: str, *, build: bool = False) -> list[str]:
        """What follows an instruction, each time."""
        return [rest for name, rest in (self.build if build else self.final) if name == word]

    @property
    def made_by_user(self) -> list[str]:
        """The commands that run after the user was changed."""
        words = [word for word, _ in self.final]
        return [rest for word, rest in self.final[words.index("USER") :] if word == "RUN"]


def installed(file: Dockerfile, python: str, folder: Path) -> Path:
    """An environment with what the first stage installs, by its own commands from what it copies."""
    source, made = folder / "source", folder / "install"
    source.mkdir()
    for copied in file.all("COPY", build=True):
        *names, target = copied.split()
        for name in names:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, source / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, source / target)
    subprocess.run([python, "-m", "venv", str(made)], check=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    environment["PATH"] = f"{made / 'bin'}:{environment['PATH']}"
    for command in file.all("RUN", build=True):
        own = command.replace("--prefix=/install", "--quiet")
        subprocess.run(["sh", "-ec", own], cwd=source, env=environment, check=True, stderr=subprocess.DEVNULL)
    return made


def run(python: str) -> Iterator[str]:
    """What is wrong with the program as the image holds it, and as its compose file runs it."""
    if shutil.which("bwrap") is None:
        print("  NOT CHECKED: the program in a sandbox (there is no bubblewrap here)")
        return
    file = Dockerfile((DEPLOY / "Dockerfile").read_text("utf-8"))
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["applicability"]
    settings = dict(one.split("=", 1) for line in file.all("ENV") for one in shlex.split(line))
    user = file.all("USER")[0]
    options = [one.replace("${SITE:-localhost}", _SITE) for one in composed["command"]]
    entry = [*json.loads(file.all("ENTRYPOINT")[0]), *options]
    health = json.loads(re.sub(r"^.*?CMD ", "", file.all("HEALTHCHECK")[0]))
    with tempfile.TemporaryDirectory(dir="/var/tmp") as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        made = installed(file, python, folder)
        cache = folder / "cache"
        cache.mkdir(mode=0o755)
        if os.getuid() == 0:
            os.chown(cache, int(user), int(user))
        box = Sandbox(made, cache, settings, user)
        for command in file.made_by_user:
            box.run(["sh", "-ec", command], writable=True).check_returncode()
        visitor = ["python", "-c", _VISITOR, json.dumps(entry), json.dumps(health), user]
        guarded = ["python", "-c", _NO_NEW_CODE, str(made / "bin/python"), *visitor[1:]]
        for name, visit in (("as a container", visitor), ("with no new code in memory, as a unit", guarded)):
            done = box.run(visit)
            if done.returncode:
                yield f"{name}: {done.stdout}{done.stderr}".strip()
            else:
                print(done.stdout.rstrip(), f"({name})")


class Sandbox:
    """A view of this machine in which nothing can be written but /tmp, by a user without rights."""

    def __init__(self, environment: Path, cache: Path, settings: dict[str, str], user: str) -> None:
        self._environment, self._cache, self._settings, self._user = environment, cache, settings, user

    def run(self, command: list[str], *, writable: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command in it; `writable`: the cache can be written, as while an image is built."""
        base = Path(os.path.realpath(self._environment / "bin/python")).parents[1]
        place = self._settings["APPLICABILITY_CACHE"]
        box = ["bwrap", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--die-with-parent"]
        box += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]
        if base.is_relative_to(home := Path.home()):  # which another user does not enter
            box += ["--perms", "0755", "--tmpfs", str(home)]
            between = [one for one in reversed(base.parents) if one.is_relative_to(home) and one != home]
            box += [word for one in between for word in ("--perms", "0755", "--dir", str(one))]
            box += ["--ro-bind", str(base), str(base)]
        box += ["--perms", "0755", "--tmpfs", str(Path(place).parent)]
        box += ["--bind" if writable else "--ro-bind", str(self._cache), place]
        box += ["--clearenv", "--setenv", "PATH", f"{self._environment / 'bin'}:/usr/bin:/bin", "--chdir", "/"]
        for name, value in self._settings.items():
            box += ["--setenv", name, value]
        if os.getuid() == 0:
            box += [one for name in ("SETUID", "SETGID", "SETPCAP") for one in ("--cap-add", f"CAP_{name}")]
            ids = [f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups"]
            box += ["setpriv", *ids, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        else:
            box += ["--unshare-user", "--uid", self._user, "--gid", self._user, "--cap-drop", "ALL"]
        return subprocess.run([*box, *command], capture_output=True, text=True, check=False, timeout=180)


def main() -> None:
    """Check all and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=sys.executable, help="the Python that is in the image, or one near it")
    asked = parser.parse_args()
    wrong = []
    for title, found in (("linters", linted()), ("the unit", verified()), ("the program", run(asked.python))):
        print(title)
        for one in found:
            print(f"  {one}")
            wrong.append(one)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
