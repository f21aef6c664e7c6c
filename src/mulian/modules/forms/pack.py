"""The forms of a county pack: `forms/*.md`, XLSForms as markdown tables (docs/how-to/forms.md)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from mulian.core.files.kinds import sniff
from mulian.core.packs import Pack
from mulian.core.packs.pack import Table
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.packed import sources
from mulian.modules.forms.actions.sources import read
from mulian.modules.forms.domain.facts import Item, fact_wrong
from mulian.modules.forms.domain.xlsform import read_form
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.domain.xlsform.media import File
from mulian.modules.forms.queries.packed import media
from mulian.modules.forms.queries.published import of_premises
from mulian.modules.households import public as households


def check(pack: Pack) -> list[str]:
    """What is wrong with the forms of a pack, one sentence for each cell."""
    asked, known = items(pack), files(pack)
    found, ids = [], dict[str, str]()
    for source in sources(pack):
        try:
            form = read_form(
                read(source), fact_wrong=lambda form, node: fact_wrong(form, node, asked), files=known
            )
        except NotAForm as wrong:
            found += [f"forms/{source.name}: {said}" for said in _said(wrong)]
            continue
        except Problem as problem:
            found.append(f"forms/{source.name}: {problem.title}")
            continue
        if ids.setdefault(form.id, source.name) != source.name:
            found.append(f"forms/{source.name}: the form {form.id} is also in {ids[form.id]}")
    return found


def files(pack: Pack) -> dict[str, File]:
    """What the pack's pictures and sounds seem to be; publishing decodes them."""
    there = {name: path.read_bytes() for name, path in media(pack).items()}
    return {name: File(sniff(data[:16]) or "", sha256(data).hexdigest()) for name, data in there.items()}


def _said(wrong: NotAForm) -> Iterator[str]:
    return (f"{each.title} {each.meaning.next_step}" for each in wrong.faults)


def items(pack: Pack) -> dict[str, Item]:
    """The register as this pack has it, which need not be the installation's."""
    checks = [row["code"] for row in pack.rows("register", "check") if not row.get("drop")]
    found = {row["code"]: _item(row) for row in pack.rows("register", "item")}
    return found | of_premises(households.premises_answers(checks))


def _item(row: Table) -> Item:
    codes = frozenset(each["code"] for each in row.get("choices", ()))
    return Item(row["type"], row.get("of", "household"), codes)
