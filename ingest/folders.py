"""Finds the files to take in and reads them: folders, files, and addresses of web pages."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import FolderUnreadable, IgnoreFileUnreadable, IngestError, SameName
from ingest.fetch import check_url, fetch, is_url, without_password
from ingest.identify import read_file
from ingest.limits import Limits

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".tanyaignore"
"""Patterns as in a ``.gitignore``, for its folder and those below."""

_Rules = tuple[tuple[Path, "GitIgnoreSpec"], ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file or web page to take in, or a place that could not be looked at (``error``)."""

    path: Path
    source: str
    """What the document is known by: the absolute path, as text, NFC; or the page's address."""
    size: int = 0
    """Bytes, 0 where it is not known."""
    error: IngestError | None = None


def find_files(paths: Iterable[Path | str], left_out: Path | None = None) -> list[FoundFile]:
    """The files that are meant by these files and folders, each once, in a settled order.

    Hidden files and those of ``.tanyaignore`` are left out of folders, and links to folders are
    not followed (they may go round in a circle). A file that is named itself is always found,
    also where it is missing: that is told when it is read. A folder that cannot be read, and a
    second file whose name differs only in its Unicode form, are found as errors.

    Args:
        paths: files, folders, and addresses (``https://…``) as text.
        left_out: a folder that is not walked, wherever it lies: the store's own.
    """
    own = None if left_out is None else os.path.realpath(left_out)
    found: dict[str, FoundFile] = {}
    clashes: list[FoundFile] = []
    for path in paths:
        if isinstance(path, str) and is_url(path):
            page = _page(path)
            found.setdefault(page.source, page)
            continue
        absolute = Path(os.path.abspath(path))
        for file in _walk(absolute, own) if absolute.is_dir() else [_found(absolute)]:
            known = found.setdefault(file.source, file)
            if known.path != file.path:
                clashes.append(_found(file.path, SameName(other=known.source)))
    return [*found.values(), *clashes]


def source_of(path: Path) -> str:
    """The absolute path as text that can be stored and printed, whatever bytes its name holds."""
    text = os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def read_found(file: FoundFile, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a found file or page, and its name; raises IngestError."""
    if file.error is not None:
        raise file.error
    if is_url(file.source):
        page = fetch(file.source, limits)
        return page.content, page.name
    return read_file(file.path, limits), file.path.name


def path_or_url(text: str) -> Path | str:
    """A command's argument: an address stays text, since a path would fold its slashes."""
    return text if is_url(text) else Path(text)


def shown_place(place: Path | str) -> str:
    """A command's argument as it may be shown and kept: no password in it."""
    return without_password(place) if isinstance(place, str) else str(place)


def _page(url: str) -> FoundFile:
    try:
        return FoundFile(Path(), check_url(url))
    except IngestError as error:
        return FoundFile(Path(), without_password(url), error=error)


def _found(path: Path, error: IngestError | None = None) -> FoundFile:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return FoundFile(path, source_of(path), size, error)


def _walk(folder: Path, own: str | None, above: _Rules = ()) -> Iterator[FoundFile]:
    if own is not None and os.path.realpath(folder) == own:
        return
    try:
        rules = (*above, *_rules(folder))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except IngestError as error:
        yield _found(folder / IGNORE_FILE, error)
        return
    except OSError as error:
        why = error.strerror or type(error).__name__
        yield _found(folder, FolderUnreadable(why=why))
        return
    folders = []
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith((".", "~$")) or _is_ignored(path, is_folder, rules):
            continue
        if is_folder:
            folders.append(path)
        elif not entry.is_symlink() or not path.is_dir():
            yield _found(path)
    for path in folders:
        yield from _walk(path, own, rules)


def _rules(folder: Path) -> _Rules:
    """The folder's own ignore file; raises IgnoreFileUnreadable, lest what it names goes in."""
    path = folder / IGNORE_FILE
    if not os.path.lexists(path):
        return ()
    from pathspec import GitIgnoreSpec

    try:
        return ((folder, GitIgnoreSpec.from_lines(path.read_text("utf-8").splitlines())),)
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or no pattern
        raise IgnoreFileUnreadable(why=" ".join(str(error).split())[:100]) from error


def _is_ignored(path: Path, is_folder: bool, rules: _Rules) -> bool:
    for folder, spec in reversed(rules):  # the nearest ignore file that speaks of it decides
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")
        verdict = spec.check_file(f"{name}/" if is_folder else name).include
        if verdict is not None:
            return verdict
    return False
