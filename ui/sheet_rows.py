"""The rows of a spreadsheet or CSV file, each at its place in the stored text.

The stored text leaves empty cells out, so only the original file tells which column a cell
stands in. It is read again in a child process, as when it was taken in, and its rows count only
where that gives the very text that is stored.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.blocks import BlockKind
from ingest.errors import IngestError
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.sandbox import ParserProcess
from ingest.structure import structure

SHEET_TYPES = frozenset({TYPES["spreadsheet"].media_type, TYPES["csv"].media_type})
READ_TIMEOUT_S = 10.0
CHARS_MAX = 4_000_000
"""A longer text is shown as text: reading its file again takes longer than a person waits."""
FILES_KEPT = 2


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; ``text[start:end]`` is its filled cells."""

    start: int
    end: int
    header: tuple[str, ...]
    """The column header of each filled cell; empty where none is known, as in a header itself."""
    table: int
    """Rows with the same number follow each other with nothing between."""


Rows = tuple[SheetRow, ...]


def read_rows(content: bytes, name: str, text: str, limits: Limits) -> Rows:
    """The rows of a file whose stored text is ``text``; none where they cannot be told."""
    limits = replace(limits, timeout_s=min(limits.timeout_s, READ_TIMEOUT_S))
    try:
        with ParserProcess(limits) as parser:
            parsed = parser.parse_bytes(content, name)
    except IngestError:
        return ()
    structured = structure(parsed.blocks, parsed.page_labels)
    if structured.text != text:  # an older reader took it in
        return ()
    rows: list[SheetRow] = []
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # a header is kept once, not for each row
    table = 0
    for at in structured.blocks:
        if at.block.kind is BlockKind.TABLE_ROW:
            header = same.setdefault(at.block.header, at.block.header)
            rows.append(SheetRow(at.start, at.end, header, table))
        else:
            table += 1
    return tuple(rows)


class SheetReader:
    """Reads rows, and keeps those of the last few files; several threads may call it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kept: OrderedDict[tuple[str, int], Rows] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def rows(
        self, document_id: str, version: int, name: str, text: str, original: Callable[[], bytes]
    ) -> Rows:
        """See `read_rows`; ``original`` gives the file where it has to be read."""
        if len(text) > CHARS_MAX:
            return ()
        key = document_id, version
        with self._one_at_a_time:
            if key not in self._kept:
                try:
                    content = original()
                except OSError:  # lost from the store's folder: its text can be shown
                    return ()
                self._kept[key] = read_rows(content, name, text, self._limits)
            self._kept.move_to_end(key)
            while len(self._kept) > FILES_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]
