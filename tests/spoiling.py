"""What can be wrong with the folder that a partnership moves in, and what is said of it."""

import hashlib
import json
from pathlib import Path
from typing import Any


def told(folder: Path, **otherwise: Any) -> None:
    """Another manifest, sealed as if it were the right one."""
    given = json.loads((folder / "manifest.json").read_text()) | otherwise
    content = json.dumps(given).encode()
    (folder / "manifest.json").write_bytes(content)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  manifest.json\n")


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


def one_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def rewritten(folder: Path, table: str, content: bytes, *, count: int | None = None) -> None:
    """Rows that the manifest stands by."""
    (folder / "rows" / f"{table}.jsonl").write_bytes(content)
    rows = manifest_of(folder)["rows"]
    number = rows[table][0] if count is None else count
    told(folder, rows=rows | {table: [number, hashlib.sha256(content).hexdigest()]})


def a_changed_row(folder: Path) -> None:
    one_byte(folder / "rows" / "promises.Promise.jsonl")


def a_changed_object(folder: Path) -> None:
    one_byte(next(folder.glob("objects/*/*")))


def a_changed_manifest(folder: Path) -> None:
    one_byte(folder / "manifest.json")


def a_manifest_with_another_word(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace("Granviks", "Granvits"))


def no_seal(folder: Path) -> None:
    (folder / "manifest.sha256").unlink()


def no_rows(folder: Path) -> None:
    (folder / "rows" / "core.Entry.jsonl").unlink()


def no_object(folder: Path) -> None:
    next(folder.glob("objects/*/*")).unlink()


def no_table(folder: Path) -> None:
    rows = manifest_of(folder)["rows"]
    del rows["plans.Measure"]
    told(folder, rows=rows)


def another_form(folder: Path) -> None:
    told(folder, form=2, samsyn="2099.1")


def another_migration(folder: Path) -> None:
    told(folder, migrations=[*manifest_of(folder)["migrations"], "core.9999_later"], samsyn="2099.1")


def another_journal(folder: Path) -> None:
    heads = manifest_of(folder)["heads"]
    told(folder, heads={chain: [number, "0" * 64] for chain, (number, _) in heads.items()})


def a_forged_entry(folder: Path) -> None:
    content = (folder / "rows" / "core.Entry.jsonl").read_bytes()
    rewritten(folder, "core.Entry", content.replace(b"promises.", b"premises.", 1))


def a_row_too_few(folder: Path) -> None:
    lines = (folder / "rows" / "plans.Referral.jsonl").read_bytes().splitlines(keepends=True)
    rewritten(folder, "plans.Referral", b"".join(lines[1:]))


def what_others_point_at_is_gone(folder: Path) -> None:
    rewritten(folder, "parties.Area", b"", count=0)


def an_unknown_column(folder: Path) -> None:
    content = (folder / "rows" / "parties.Area.jsonl").read_bytes()
    rewritten(folder, "parties.Area", content.replace(b'"code"', b'"cade"'))


def half_a_row(folder: Path) -> None:
    rewritten(folder, "parties.Area", (folder / "rows" / "parties.Area.jsonl").read_bytes()[:40])


SPOILT = [
    (a_changed_row, "rows/promises.Promise.jsonl has changed since it was written"),
    (a_changed_object, "has changed since it was written"),
    (a_changed_manifest, "manifest"),
    (a_manifest_with_another_word, "The manifest is not the one that manifest.sha256 seals"),
    (no_seal, "The manifest is not the one that manifest.sha256 seals"),
    (no_rows, "core.Entry.jsonl cannot be read: No such file"),
    (no_object, "cannot be read: No such file"),
    (no_table, "whose tables are not those of"),
    (another_form, "was written in form 2 by Samsyn 2099.1"),
    (another_migration, "This folder was written by Samsyn 2099.1, whose tables are not those of"),
    (another_journal, "The journals do not end as the manifest tells"),
    (a_forged_entry, "is broken at entry"),
    (a_row_too_few, "The manifest tells of 1 rows of plans.Referral, and there are 0"),
    (what_others_point_at_is_gone, "The database said no"),
    (an_unknown_column, "A row of parties.Area cannot be read"),
    (half_a_row, "A row of parties.Area cannot be read"),
]
