"""A contract for import-linter: outsiders enter a module only by its doors, shells enter none at all."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Options: `modules`, the package of the modules; `doors`, the names that may be imported from outside;
    `shells`, packages that find modules through the registry and may import none of them."""

    type_name = "doors"

    modules = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    shells = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._forbidden(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _forbidden(self, importer: str, imported: str) -> bool:
        package = f"{self.modules}."
        if not imported.startswith(package):
            return False
        module, _, inner = imported.removeprefix(package).partition(".")
        if importer.startswith(f"{package}{module}.") or importer == f"{package}{module}":
            return False
        if any(importer == shell or importer.startswith(f"{shell}.") for shell in self._words("shells")):
            return True
        return inner.partition(".")[0] not in self._words("doors")

    def _words(self, option: str) -> list[str]:
        words: Any = getattr(self, option)
        return [str(word) for word in words]

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}, which is no door.", bold=False)
