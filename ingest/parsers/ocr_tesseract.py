"""Page images read by the program tesseract, started by the reading process with fixed arguments.

It gets the plain pixels of one page on standard input, never a file of the sender, and answers
with a table (TSV) of words, their boxes and confidences.
"""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import reduce
from itertools import groupby

import numpy as np

from ingest.errors import ParserStopped
from ingest.limits import MIB, Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.page_text import Box, Piece, is_parted
from ingest.parsers.page_tilt import Image
from ingest.tesseract import check_tesseract

_WORD_LEVEL = "5"
_KEPT = ("TESSDATA_PREFIX", "SYSTEMROOT")
_GAP_MAX = 1.2
"""Of the line's height: words farther apart stand in two columns."""
_RULINGS_AS_LETTERS = frozenset("|_—")


def tesseract_reader(
    limits: Limits, rulings: Callable[[Image], tuple[list[Box], list[Box]]]
) -> Callable[[Image], list[Piece]]:
    """What reads page images by tesseract; ``rulings`` finds the lines that part columns.

    Raises:
        NeedsTesseract: the program or its Indonesian is not installed.
    """
    check_tesseract(limits)
    command = [limits.tesseract, "stdin", "stdout", "-l", limits.tesseract_languages, "tsv"]

    def read(image: Image) -> list[Piece]:
        _, vertical = rulings(image)
        parts = sorted((line.left, line.top, line.bottom) for line in vertical)
        return list(_pieces(_words(_run(command, image, limits)), parts))

    return read


def _run(command: list[str], image: Image, limits: Limits) -> str:
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    page = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes()
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with subprocess.Popen(  # noqa: S603 -- no shell; no part comes from the file
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"OMP_THREAD_LIMIT": "1"},  # more threads only wait for each other
    ) as process:
        _cap_memory(process.pid, limits)
        answer, _ = process.communicate(page)
    if process.returncode:
        raise ParserStopped(
            why_id=f"tesseract gagal (kode {process.returncode})",
            why_en=f"tesseract failed (code {process.returncode})",
            remedy_id="Naikkan INGEST_MEMORY_MB, atau setel INGEST_OCR_ENGINE=rapidocr.",
            remedy_en="Raise INGEST_MEMORY_MB, or set INGEST_OCR_ENGINE=rapidocr.",
        )
    return answer.decode("utf-8", "replace")


def _cap_memory(pid: int, limits: Limits) -> None:
    with suppress(ImportError, AttributeError, OSError):
        import resource

        cap = limits.memory_mb * MIB
        resource.prlimit(pid, resource.RLIMIT_AS, (cap, cap))


_Word = tuple[tuple[str, ...], str, Box, float]
"""Its line, its text, its box in pixels, 0 to 1."""


def _words(table: str) -> Iterator[_Word]:
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean_line(row["text"] or "") if row["level"] == _WORD_LEVEL else ""
        if not text or set(text) <= _RULINGS_AS_LETTERS:
            continue
        left, top, width, height = (float(row[side]) for side in ("left", "top", "width", "height"))
        line = tuple(row[part] for part in ("page_num", "block_num", "par_num", "line_num"))
        yield line, text, Box(left, top, left + width, top + height), float(row["conf"]) / 100


def _pieces(words: Iterable[_Word], parts: list[tuple[float, float, float]]) -> Iterator[Piece]:
    for _, line in groupby(words, key=lambda word: word[0]):
        held: list[_Word] = []
        for word in line:
            if held and _are_parted(held[-1][2], word[2], parts):
                yield _piece(held)
                held = []
            held.append(word)
        yield _piece(held)


def _are_parted(last: Box, here: Box, parts: list[tuple[float, float, float]]) -> bool:
    height = max(last.height, here.height)
    if here.left - last.right > _GAP_MAX * height:
        return True
    parts = [part for part in parts if part[2] - part[1] > 1.5 * height]  # no letter's stem
    sides = [(box.left, box.top, box.right, box.bottom) for box in (last, here)]
    return is_parted(parts, sides[0], sides[1])


def _piece(words: list[_Word]) -> Piece:
    box = reduce(Box.union, (word[2] for word in words))
    characters = sum(len(word[1]) for word in words)
    confidence = sum(word[3] * len(word[1]) for word in words) / characters
    text = " ".join(word[1] for word in words)
    return Piece(text, box, box.height, bold=False, confidence=max(0.0, confidence))
