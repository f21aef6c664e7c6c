"""The words of `mulian classify`."""

from __future__ import annotations

import argparse

from mulian.cli import running


def classify(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="command")
    for what, help in (
        ("train", "learn from a labelled CSV and keep the model"),
        ("eval", "measure a model, or what one learnt from this table would do"),
    ):
        command = commands.add_parser(what, help=help)
        _labelled(command)
        _model(command)
        command.set_defaults(run=running.run_classify, what=what)
    nightly = commands.add_parser("nightly", help="learn from confirmed cases; used only if better")
    nightly.set_defaults(run=running.of_module, does="mulian.modules.cases.commands.nightly")


def _labelled(command: argparse.ArgumentParser) -> None:
    """The table somebody labelled."""
    add = command.add_argument
    add("file", help="a CSV with a header line (- for standard input)")
    add("--text", required=True, metavar="COL", help="column of the texts")
    add("--label", required=True, metavar="COL", help="column of the right labels")
    add(
        "--split", default="", metavar="COL", help="column that says train or test (default: a fifth is test)"
    )
    add("--also", default="", metavar="COL", help="column of facts beside the words")
    add(
        "--words",
        default="",
        metavar="PACK",
        help="learn this pack's own words too, where a label is its topic",
    )


def _model(command: argparse.ArgumentParser) -> None:
    """What is learnt from it, and what is said of it."""
    add = command.add_argument
    add("--model", default="", metavar="FILE", help="the model's file")
    add("--name", default="model", help="what the model is called")
    add("--seed", type=int, default=1, help="the same number parts the table in the same way (default 1)")
    add("--json", action="store_true", help="figures for programs")
    add("--quiet", action="store_true", help="measure nothing")
    add("--private", action="store_true", help="keep nothing that only one text holds")
    add(
        "--against",
        default="",
        metavar="FILE",
        help="with --model: the table it learnt from, for the baseline",
    )
