"""What a person corrected of a document's description, laid over what was read off it.

A correction belongs to the document, not to one version of it, so it stays when the document is
read again.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date

from docs_store.dates import utc_now
from docs_store.errors import CorrectionRefused
from docs_store.records import KINDS, Region
from docs_store.registry import count_change

CORRECTABLE = ("title", "date", "kind", "publisher", "regions")
_MAY_BE_EMPTY = ("date", "publisher", "regions")
TEXT_CHARS_MAX = 300
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")


def corrected(field: str) -> str:
    """The SQL that reads a field of version ``v`` as corrected for document ``d``."""
    value = (
        "coalesce((SELECT c.value FROM corrections c "
        f"WHERE c.document_id = d.document_id AND c.field = '{field}'), v.{field})"
    )
    return f"nullif({value}, '')" if field in ("date", "publisher") else value


def correct(
    connection: sqlite3.Connection, document_id: str, values: Mapping[str, str | Sequence[Region]]
) -> None:
    """Keep corrections; an empty date or publisher says that the document states none.

    Raises:
        CorrectionRefused: a value is not one that the field can have.
    """
    kept = {field: _checked(field, value) for field, value in values.items()}
    connection.executemany(
        "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)",
        [(document_id, field, value, utc_now()) for field, value in kept.items()],
    )
    count_change(connection)


def uncorrect(connection: sqlite3.Connection, document_id: str, fields: Sequence[str]) -> None:
    """Take corrections back, so that what was read off the document counts again."""
    for field in fields:
        if field not in CORRECTABLE:
            raise CorrectionRefused(field=field, value="", known=", ".join(CORRECTABLE))
    connection.executemany(
        "DELETE FROM corrections WHERE document_id = ? AND field = ?",
        [(document_id, field) for field in fields],
    )
    count_change(connection)


def corrections(connection: sqlite3.Connection, document_id: str) -> dict[str, str]:
    """When each corrected field was corrected, as an ISO time, UTC."""
    return dict(
        connection.execute(
            "SELECT field, corrected_at FROM corrections WHERE document_id = ? ORDER BY field",
            (document_id,),
        )
    )


def regions_to_json(regions: Sequence[Region]) -> str:
    """Regions as they are kept."""
    return json.dumps([astuple(region) for region in regions], ensure_ascii=False)


def _checked(field: str, value: str | Sequence[Region]) -> str:
    if not isinstance(value, str):
        return regions_to_json(value)
    value = " ".join(value.split())
    refused = CorrectionRefused(field=field, value=value[:80], known=_KNOWN[field])
    if not value and field not in _MAY_BE_EMPTY:
        raise refused
    if field == "kind" and value not in KINDS:
        raise refused
    if field == "date" and value and not _is_date(value):
        raise refused
    if len(value) > TEXT_CHARS_MAX:
        raise refused
    return value


def _is_date(value: str) -> bool:
    partial = _PARTIAL_DATE.fullmatch(value)
    try:
        if partial is not None:
            date(int(partial.group(1)), int(partial.group(2) or 1), 1)
        else:
            date.fromisoformat(value)
    except ValueError:
        return False
    return partial is not None or len(value) == len("2024-12-31")


_KNOWN = {
    "title": f"1-{TEXT_CHARS_MAX}",
    "date": "YYYY-MM-DD, YYYY-MM, YYYY",
    "kind": ", ".join(KINDS),
    "publisher": f"0-{TEXT_CHARS_MAX}",
}
