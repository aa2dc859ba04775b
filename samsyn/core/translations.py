"""The words of each language, compiled where gettext is not installed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


if __name__ == "__main__":
    print(f"{compile_all()} catalogs compiled.")
