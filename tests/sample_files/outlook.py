"""Writes messages as Outlook saves them: properties in a compound file (MS-CFB, MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime

Tree = dict[str, "bytes | Tree"]
_SECTOR, _MINI = 512, 64
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STRING, _BINARY, _INTEGER, _TIME = 0x001F, 0x0102, 0x0003, 0x0040
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def message(
    subject: str,
    body: str,
    html: bytes = b"",
    attachments: tuple[tuple[str, bytes], ...] = (),
    sent: datetime = datetime(2031, 5, 20, 3, 30, tzinfo=UTC),
) -> bytes:
    """A message from Wira Contoh to Sari Contoh."""
    own: list[tuple[int, int, object]] = [
        (0x0037, _STRING, subject),
        (0x1000, _STRING, body),
        (0x0C1A, _STRING, "Wira Contoh"),
        (0x0C1F, _STRING, "wira@contoh.example"),
        (0x0039, _TIME, sent),
        (0x3FDE, _INTEGER, 65001),
        (0x340D, _INTEGER, 0x40000),
    ]
    if html:
        own.append((0x1013, _BINARY, html))
    head = struct.pack("<8x4I8x", 1, len(attachments), 1, len(attachments))
    receiver = [(0x3001, _STRING, "Sari Contoh"), (0x3003, _STRING, "sari@contoh.example")]
    tree: Tree = {
        "__nameid_version1.0": {},
        **_properties(own, head),
        "__recip_version1.0_#00000000": _properties(receiver, bytes(8)),
    }
    for number, (name, data) in enumerate(attachments):
        held = [(0x3701, _BINARY, data), (0x3705, _INTEGER, 1), (0x3707, _STRING, name)]
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(held, bytes(8))
    return compound_file(tree)


def _properties(values: Sequence[tuple[int, int, object]], head: bytes) -> Tree:
    tree: Tree = {}
    entries = b""
    for number, kind, value in values:
        if isinstance(value, int):
            shown = struct.pack("<Ixxxx", value)
        elif isinstance(value, datetime):
            shown = struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10_000_000)
        else:
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            assert isinstance(data, bytes)
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = data
            shown = struct.pack("<Ixxxx", len(data) + (2 if kind == _STRING else 0))
        entries += struct.pack("<HHI", kind, number, 6) + shown
    tree["__properties_version1.0"] = head + entries
    return tree


def compound_file(tree: Tree) -> bytes:
    """A compound file of small streams (under 4,096 bytes) in storages."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "kind": 5}]
    mini = b""
    mini_fat: list[int] = []

    def add(children: Tree) -> int:
        nonlocal mini
        first, before = _NONE, None
        for name, value in children.items():
            entry: dict[str, object] = {"name": name, "kind": 1 if isinstance(value, dict) else 2}
            number = len(entries)
            entries.append(entry)
            if before is None:
                first = number
            else:
                before["right"] = number
            before = entry
            if isinstance(value, dict):
                entry["child"] = add(value)
            elif value:
                assert len(value) < 4_096
                count = -(-len(value) // _MINI)
                start = len(mini) // _MINI
                mini_fat.extend([*range(start + 1, start + count), _END])
                mini += value.ljust(count * _MINI, b"\x00")
                entry |= {"start": start, "size": len(value)}
        return first

    entries[0]["child"] = add(tree)
    entries[0] |= {"start": 0, "size": len(mini)}
    parts = [
        mini,
        b"".join(_entry(**entry) for entry in entries),  # type: ignore[arg-type]
        struct.pack(f"<{len(mini_fat)}I", *mini_fat),
    ]
    fills = [b"\x00", b"\x00", b"\xff"]
    body = b""
    fat: list[int] = []
    starts: list[int] = []
    for part, fill in zip(parts, fills, strict=True):
        count = max(1, -(-len(part) // _SECTOR))
        starts.append(len(fat))
        fat += [*range(starts[-1] + 1, starts[-1] + count), _END]
        body += part.ljust(count * _SECTOR, fill)
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    places = list(range(len(fat), len(fat) + fat_sectors))
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16x5H6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, starts[1], 0, 4_096, starts[2], places[0] - starts[2], _END, 0,
        places[0],
    )  # fmt: skip
    header += struct.pack(f"<{len(places) - 1}I", *places[1:])
    return header.ljust(_SECTOR, b"\xff") + body + table


def _entry(
    name: str, kind: int, right: int = _NONE, child: int = _NONE, start: int = 0, size: int = 0
) -> bytes:
    encoded = (name + "\x00").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        encoded, len(encoded), kind, 1, _NONE, right, child, 0, start if size else _END, size,
    )  # fmt: skip
