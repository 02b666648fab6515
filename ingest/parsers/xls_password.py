"""Whether an old workbook (.xls) is locked with a password, where calamine only says it failed."""

from __future__ import annotations

import io
import struct

from ingest.identify import OLE2_MAGIC

_FILEPASS = 0x2F
_RECORDS_MAX = 20
_STREAMS = ("Workbook", "Book")


def is_locked_xls(data: bytes) -> bool:
    """Whether a record "FilePass" stands among the first of the workbook's stream (MS-XLS)."""
    if not data.startswith(OLE2_MAGIC):
        return False
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in _STREAMS:
                if container.exists(name):
                    return _has_password(container.openstream(name).read(4_096))
    except (OSError, ValueError, IndexError, struct.error):
        pass  # damaged, as calamine said
    return False


def _has_password(records: bytes) -> bool:
    at = 0
    for _ in range(_RECORDS_MAX):
        if at + 4 > len(records):
            return False
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False
