"""Office files are ZIP containers of XML parts: reads parts under caps, without entities."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge
from ingest.limits import MIB, Limits

Element = Any

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# "Strict" Office files use other namespace names for the same vocabulary.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/")
_TRANSITIONAL = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"spreadsheetml/main": b"spreadsheetml/2006/main",
    b"presentationml/main": b"presentationml/2006/main",
    b"drawingml/main": b"drawingml/2006/main",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
}


class ZipParts:
    """The parts of one container. ``kind`` names the format in errors.

    Raises DamagedFile, EncryptedFile, and FileTooLarge where the parts would unpack to more
    than ``limits.unpacked_bytes_max``; the declared sizes are kept to when parts are read.
    """

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        self.kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise DamagedFile(kind=kind, why=str(error) or "ZIP") from error
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked_bytes_max or len(entries) > 100_000:
            raise FileTooLarge(
                what="isi terbuka (MB) / unpacked (MB)",
                found=f"{unpacked / MIB:.0f}",
                limit=f"{limits.unpacked_bytes_max / MIB:.0f}",
                setting="INGEST_UNPACKED_BYTES_MAX",
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedFile
        # Old programs write backslashes.
        self.names = [entry.filename.replace("\\", "/") for entry in entries]
        self._names = {
            name.lstrip("/").lower(): entry for name, entry in zip(self.names, entries, strict=True)
        }

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None where there is no such part."""
        entry = self._names.get(name.lstrip("/").lower())
        if entry is None:
            return None
        try:
            return self._archive.read(entry)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise DamagedFile(kind=self.kind, why=f"{name}: {error}") from error
        except Exception as error:  # zlib.error and lzma.LZMAError share no base but Exception
            if type(error).__name__ not in {"error", "LZMAError"}:
                raise
            raise DamagedFile(kind=self.kind, why=f"{name}: {error}") from error

    def xml(self, name: str) -> Element | None:
        """A part as XML with transitional namespaces, or None where there is no such part."""
        data = self.read(name)
        if not data:
            return None
        if _STRICT.search(data):
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(
                    b"http://purl.oclc.org/ooxml/" + strict,
                    b"http://schemas.openxmlformats.org/" + transitional,
                )
        return parse_xml(data, self.kind, name)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part (``""`` is the container): id -> (type's last word, target part)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in () if root is None else root.iter(_RELATIONSHIPS):
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found[relation.get("Id") or ""] = (kind, target)
        return found

    def related_by_type(self, name: str, kind: str) -> str | None:
        """The first part that ``name`` relates to by this type, or None."""
        return next((part for k, part in self.related(name).values() if k == kind), None)


def parse_xml(data: bytes, kind: str, name: str) -> Element:
    """Bytes as XML: no entities, no DTD, no network, depth and text capped by libxml2."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(kind=kind, why=f"{name}: {str(error)[:80]}") from error
