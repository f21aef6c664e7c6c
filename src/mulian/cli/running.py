"""What each word of the `mulian` command does. Each loads only what it needs: the server stays small."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from mulian.kernel.problems import Problem


def ready() -> Any:
    """The settings and apps, and the module that makes installations."""
    from mulian.site import preparing  # noqa: PLC0415 -- each command loads only what it needs

    preparing.setup()
    return preparing


def run_demo(options: argparse.Namespace) -> int:
    from mulian.site import demo  # noqa: PLC0415 -- each command loads only what it needs

    wanted = demo.Wanted(
        pack=options.pack,
        scale=options.scale,
        data=options.data or Path(f"var/demo-{Path(options.pack).name}"),
        port=options.port,
        lan=options.lan,
        browser=not options.no_browser,
        at=options.at,
        speed=options.speed,
    )
    return demo.run(wanted)


def prepare_demo(options: argparse.Namespace) -> int:
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    return preparing.prepare(scale=options.scale, base_url=options.base_url)


def init(options: argparse.Namespace) -> int:
    os.environ.update(MULIAN_DATA=str(options.data), MULIAN_PACK=options.pack)
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    return preparing.init(administrator=options.administrator)


def run(options: argparse.Namespace) -> int:
    from mulian.site import folder, serving  # noqa: PLC0415 -- as above

    address = serving.Address(options.host, options.port, options.certificate, options.key)
    if os.environ.get("MULIAN_DATABASE_URL", "").startswith("postgres"):
        serving.serve(address, workers=options.workers)
        return 0
    data = Path(os.environ.get("MULIAN_DATA", "var/mulian"))
    if not data.is_dir():
        raise Problem("folder.missing")
    # One process writes to SQLite's files; the lock goes with this process, however it ends.
    with folder.lock(data):
        serving.serve(address)
    return 0


def worker(options: argparse.Namespace) -> int:
    ready()
    from mulian.site import working  # noqa: PLC0415 -- needs the apps

    return working.work()


def doctor(options: argparse.Namespace) -> int:
    ready()
    from mulian.site import doctor  # noqa: PLC0415 -- needs the apps

    return doctor.revive() if options.revive else doctor.report()


def backup(options: argparse.Namespace) -> int:
    url = settled_on(options.data)
    from mulian.kernel import clock  # noqa: PLC0415 -- as above
    from mulian.site.keeping import taking  # noqa: PLC0415 -- needs the apps

    return taking.backup(options.place.absolute(), url, clock.now())


def restore(options: argparse.Namespace) -> int:
    url = settled_on(options.data)
    from mulian.site.keeping import returning  # noqa: PLC0415 -- needs the apps

    data = Path(os.environ.get("MULIAN_DATA", "var/mulian")).absolute()
    return returning.restore(options.source.absolute(), data, url, options.erasures)


def restored(options: argparse.Namespace) -> int:
    ready()
    from mulian.site.keeping import settling  # noqa: PLC0415 -- needs the apps

    return settling.prove(options.source) if options.what == "prove" else settling.settle(options.source)


def settled_on(data: Path | None) -> str:
    """Makes the settings those of this data folder; returns the address of its database (empty: files in it)."""
    if data is not None:
        os.environ["MULIAN_DATA"] = str(data.absolute())
    ready()
    return os.environ.get("MULIAN_DATABASE_URL", "")


def packs() -> Any:
    """What the commands of packs do, once the settings are there."""
    ready()
    from mulian.core.packs import commands  # noqa: PLC0415 -- needs settings

    return commands


def device_enrol(options: argparse.Namespace) -> int:
    return ready().enrol(options.username)


def run_classify(options: argparse.Namespace) -> int:
    if options.words:
        ready()
    from mulian.core.registry import resolve  # noqa: PLC0415 -- as above

    code: int = resolve("mulian.modules.cases.commands.run")(options)
    return code


def of_module(options: argparse.Namespace) -> int:
    """What a module does for a command, looked up when it runs."""
    ready()
    from mulian.core.registry import resolve  # noqa: PLC0415 -- needs the apps

    code: int = resolve(options.does)()
    return code


def in_folder(options: argparse.Namespace) -> int:
    """A command of a module that writes: one process at a time has SQLite's files."""
    ready()
    from mulian.core.registry import resolve  # noqa: PLC0415 -- needs the apps
    from mulian.site import folder  # noqa: PLC0415 -- as above

    does = resolve(options.does)
    if os.environ.get("MULIAN_DATABASE_URL", "").startswith("postgres"):
        return int(does(options))
    with folder.lock(Path(os.environ.get("MULIAN_DATA", "var/mulian"))):
        return int(does(options))


def bench(options: argparse.Namespace) -> int:
    from mulian.site import benching  # noqa: PLC0415 -- as above

    return benching.run(quick=options.quick, only=options.only)
