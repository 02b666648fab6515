"""``tanya docs correct``: a person's word on a document's title, date, kind, publisher, regions."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from typing import Any

from docs_store.corrections import CORRECTABLE
from docs_store.errors import CorrectionRefused
from docs_store.records import KINDS, Region
from ui.printing import warn

NAME_CHARS_MAX = 80
_OPTIONS = {{"regions": "region"}.get(field, field): field for field in CORRECTABLE}


def add_correct_arguments(parser: argparse.ArgumentParser) -> None:
    """Put the options of ``docs correct`` into its parser."""
    parser.add_argument("--title", metavar="TEXT", help="judul / title")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help='tanggal, "" = tidak ada / "" = none')
    parser.add_argument("--kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--publisher", metavar="TEXT", help='penerbit, "" = tidak ada / "" = none')
    parser.add_argument(
        "--region",
        action="append",
        metavar="NAME",
        help='daerah, boleh berulang, "" = tidak ada / region, may be repeated, "" = none',
    )
    parser.add_argument(
        "--undo",
        action="append",
        choices=tuple(_OPTIONS),
        default=[],
        help="kembali ke yang terbaca, boleh berulang / back to what was read, may be repeated",
    )


def correct_document(options: argparse.Namespace) -> int:
    """Lay corrections over a document's description, take others back, and show it."""
    from ui.docs_commands import opened_store
    from ui.document_report import print_document

    given: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("title", "date", "kind", "publisher")
        if getattr(options, name) is not None
    }
    if options.region is not None:
        given["regions"] = regions_named(options.region)
    undone = [_OPTIONS[name] for name in options.undo]
    if not given and not undone:
        warn("tanya: sebutkan yang dikoreksi, misalnya --title / name what to correct: --title …")
        return 2
    if twice := set(given) & set(undone):
        warn(f"tanya: dikoreksi sekaligus dibatalkan / corrected and undone: {', '.join(twice)}")
        return 2
    store = opened_store(options)
    if given:
        store.correct(options.id, **given)
    if undone:
        store.uncorrect(options.id, *undone)
    print_document(store, options.id, as_json=options.json)
    return 0


def regions_named(names: list[str]) -> list[Region]:
    """The regions of these names, each once; of ``[""]`` none.

    Raises:
        CorrectionRefused: a name is no region's, or that of several, which are named.
    """
    return list(dict.fromkeys(_region(name) for name in names if name.strip()))


def _region(name: str) -> Region:
    from docs_store.gazetteer import resolve
    from docs_store.region_names import all_regions

    found = resolve(name)
    if len(found) == 1:
        return found[0]
    known = [region.name for region in found] or get_close_matches(
        name[:NAME_CHARS_MAX].title(), [named.region.name for named in all_regions()]
    )
    listed = ", ".join(known) or '"Kabupaten …", "Kota …", "Provinsi …"'
    raise CorrectionRefused(field="region", value=name[:NAME_CHARS_MAX], known=listed)
