"""The words of each language, collected and compiled where gettext is not installed."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_TEMPLATE = re.compile(r"""(?:_|gettext)\(\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.S)


def catalogs() -> list[Path]:
    """Every room's catalog, and the shared one."""
    return sorted(ROOT.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Compile the catalogs that changed. Returns how many."""
    import polib

    compiled = 0
    for source in catalogs():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        fresh = target.with_name(f".{os.getpid()}.mo")  # readers never meet half a file
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        compiled += 1
    return compiled


def untranslated() -> list[str]:
    """Messages without Swedish, or marked as unsure, with the file they stand in."""
    import polib

    return [
        f"{source.relative_to(ROOT)}: {entry.msgid}"
        for source in catalogs()
        for entry in polib.pofile(str(source))
        if not entry.obsolete and not (entry.translated() and "fuzzy" not in entry.flags)
    ]


def missing() -> list[str]:
    """Messages of the source that no catalog holds, with the file they stand in."""
    import polib

    known = {entry.msgid for source in catalogs() for entry in polib.pofile(str(source))}
    files = sorted(path for path in ROOT.rglob("*") if path.suffix in (".py", ".html", ".txt"))
    return [
        f"{path.relative_to(ROOT)}: {message}"
        for path in files
        if "tests" not in path.parts
        for message in _messages(path)
        if message and message not in known
    ]


def _messages(path: Path) -> Iterator[str]:
    from django.utils.translation.template import templatize

    text = path.read_text()
    if path.suffix == ".py":
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args)
        for call in calls:
            said = call.args[0]
            if isinstance(call.func, ast.Name) and call.func.id in MARKS and isinstance(said, ast.Constant):
                yield str(said.value)
    else:
        for found in IN_TEMPLATE.finditer(templatize(text)):
            yield str(ast.literal_eval(found[1].replace("\n", "\\n")))


if __name__ == "__main__":
    print(*missing(), sep="\n")
    print(f"{compile_all()} catalogs compiled; above them, what no catalog holds yet.")
