"""The words of the `mulian` command, and what runs for each."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from mulian.cli import learning, running


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="mulian", description="Links herder households to everyone who serves them."
    )
    commands = made.add_subparsers(required=True, metavar="command")
    _demo(commands.add_parser("demo", help="a running demo with synthetic people"))
    _prepare(commands.add_parser("prepare-demo"))
    _installation(commands)
    _pack(commands.add_parser("pack", help="a county's configuration"))
    _device(commands.add_parser("device", help="phones"))
    learning.classify(
        commands.add_parser("classify", help="what sorts reports by topic: learn it, measure it")
    )
    insight = commands.add_parser("insight", help="figures").add_subparsers(required=True, metavar="command")
    rebuild = insight.add_parser("rebuild", help="write what is counted again, from the log")
    rebuild.set_defaults(run=running.of_module, does="mulian.insight.commands.rebuild_command")
    _form(commands.add_parser("form", help="forms"))
    _tables(commands)
    _keeping(commands)
    bench = commands.add_parser("bench", help="figures and ratios of this machine, in one run")
    bench.add_argument("--quick", action="store_true", help="a tenth of the load, for a first look")
    bench.add_argument("--only", default="", metavar="NAME", help="one measurement only")
    bench.set_defaults(run=running.bench)
    return made


def _installation(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make the data folder, the database and the first administrator")
    init.add_argument("--pack", default="gande", help="the county: a pack's name or folder (default gande)")
    init.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("MULIAN_DATA", "var/mulian")),
        help="the folder to make (default MULIAN_DATA, else var/mulian)",
    )
    init.add_argument(
        "--administrator", default="administrator", metavar="USERNAME", help="who signs in first"
    )
    init.set_defaults(run=running.init)
    _server(commands.add_parser("run", help="serve (settings from MULIAN_*)"))
    worker = commands.add_parser("worker", help="background work beside `run` (PostgreSQL)")
    worker.set_defaults(run=running.worker)
    doctor = commands.add_parser("doctor", help="what is right and wrong with this installation")
    doctor.add_argument("--revive", action="store_true", help="send deliveries given up round again")
    doctor.set_defaults(run=running.doctor)


def _form(parser: argparse.ArgumentParser) -> None:
    form = parser.add_subparsers(required=True, metavar="command")
    publish = form.add_parser("publish", help="offer XLSForms from now on")
    publish.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="XLSX, or its tables as markdown"
    )
    publish.add_argument("--media", type=Path, metavar="FOLDER", help="pictures and sounds its labels name")
    publish.add_argument("--check", action="store_true", help="say what is wrong and publish nothing")
    publish.set_defaults(run=running.in_folder, does="mulian.modules.forms.commands.publish_command")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", default="gande", help="gande, dari, zhiduo, haiyan or a folder")
    parser.add_argument(
        "--scale",
        choices=["township", "county"],
        default="township",
        help="how many people (default township)",
    )
    parser.add_argument("--data", type=Path, help="folder to keep the demo in (default var/demo-<pack>)")
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument(
        "--lan", action="store_true", help="HTTPS for phones in the same network, with a QR code"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--at", type=datetime.fromisoformat, help="begin at this time, e.g. 2026-11-22T08:00:00+08:00"
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, help="how many times as fast the demo's clock runs"
    )
    parser.set_defaults(run=running.run_demo)


def _prepare(parser: argparse.ArgumentParser) -> None:
    """Internal: the demo's first half, in a process of its own so that the server stays small."""
    parser.add_argument("--scale", default="township")
    parser.add_argument("--base-url", required=True)
    parser.set_defaults(run=running.prepare_demo)


def _server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--workers", type=int, default=2, help="processes (PostgreSQL; SQLite has one)")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="serve HTTPS with this chain (PEM)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="and its private key (PEM)")
    parser.set_defaults(run=running.run)


def _pack(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="validate packs and run their tests.toml")
    check.add_argument(
        "packs", nargs="*", metavar="PACK", help="names or folders (default: all that are shipped)"
    )
    check.set_defaults(run=lambda options: running.packs().check_command(options.packs))
    preview = commands.add_parser("preview", help="what a changed pack would do to running promises")
    preview.add_argument("pack", nargs="?", help="a name or folder (default: the installation's)")
    preview.set_defaults(run=lambda options: running.packs().preview_command(options.pack))
    apply = commands.add_parser("apply", help="count running promises by the pack in force")
    apply.set_defaults(run=lambda options: running.packs().apply_command())
    new = commands.add_parser("new", help="a working pack for a county of Qinghai")
    new.add_argument("code", help="county code, e.g. 632624")
    new.add_argument("--out", type=Path, metavar="FOLDER", help="where to (default: its name, here)")
    new.set_defaults(run=lambda options: running.packs().new_command(options.code, options.out))


def _tables(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    take = commands.add_parser("import", help="a table or a department's feed into the register")
    take.add_argument("file", nargs="?", help="XLSX or CSV")
    take.add_argument("--feed", metavar="NAME", help="a feed of MULIAN_FEEDS instead of a file")
    take.add_argument("--area", metavar="CODE", help="where it belongs (default: the county)")
    take.add_argument("--source", default="", help="who gave it")
    take.add_argument("--purpose", default="", help="what it is for")
    take.add_argument("--apply", action="store_true", help="write it, where no family is doubtful")
    take.set_defaults(run=running.in_folder, does="mulian.modules.households.commands.import_command")
    give = commands.add_parser("export", help="households as a table, with the duties of a person")
    give.add_argument("--by", required=True, metavar="USERNAME", help="who asks: they get what they may see")
    give.add_argument("--purpose", default="", help="what it is for")
    give.add_argument("--area", metavar="CODE", help="default: the person's own area")
    give.add_argument("--items", default="", metavar="CODE,CODE", help="facts of the catalogue")
    give.add_argument("--people", action="store_true", help="one line for every member")
    give.add_argument("--take", metavar="ID", help="write one that was asked for and allowed")
    give.add_argument("--out", required=True, metavar="FILE", help=".xlsx or .csv")
    give.set_defaults(run=running.in_folder, does="mulian.modules.households.commands.export_command")


def _device(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    enrol = commands.add_parser("enrol", help="a code that makes a phone somebody's")
    enrol.add_argument("username", help="whose phone it becomes")
    enrol.set_defaults(run=running.device_enrol)


def _keeping(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = commands.add_parser("backup", help="everything in one folder, proved by restoring it")
    backup.add_argument("place", type=Path, help="a folder that does not exist yet")
    backup.add_argument("--data", type=Path, help="the installation (default MULIAN_DATA)")
    backup.set_defaults(run=running.backup)
    restore = commands.add_parser("restore", help="a new data folder from a backup")
    restore.add_argument("source", type=Path, help="what `mulian backup` made")
    restore.add_argument("--data", type=Path, help="where to (default MULIAN_DATA)")
    restore.add_argument(
        "--erasures", nargs="*", type=Path, default=[], metavar="FILE",
        help="lists of what was erased by law after the backup; the one beside it is always read",
    )  # fmt: skip
    restore.set_defaults(run=running.restore)
    retention = commands.add_parser("retention", help="take away now what nobody may keep longer")
    retention.add_argument("--dry-run", action="store_true", help="only say what would go, how many, why")
    retention.set_defaults(run=running.in_folder, does="mulian.core.events.commands.retention_command")
    restored = commands.add_parser("restored")
    """Internal: looks at a database that was put back, in a process with its settings."""
    restored.add_argument("what", choices=["prove", "settle"])
    restored.add_argument("source", type=Path)
    restored.set_defaults(run=running.restored)
