"""The program tesseract, where `INGEST_OCR_ENGINE` names it: where it is and what it reads."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from functools import lru_cache

from ingest.errors import NeedsTesseract
from ingest.limits import Limits

_WANTED = ("ind", "eng")
_LIST_TIMEOUT_S = 20


def find_program(setting: str) -> str | None:
    """Tesseract's program: where the setting says, else where PATH has it; None if it is not."""
    return shutil.which(setting or "tesseract")


def with_tesseract(limits: Limits) -> Limits:
    """The limits with the program's whole path and languages, where tesseract is the engine.

    The reading process gets no PATH, and starts nothing but this path. What is missing stays
    empty: a file that needs no OCR is read all the same.
    """
    if limits.ocr_engine != "tesseract":
        return limits
    program = find_program(limits.tesseract) or ""
    return replace(limits, tesseract=program, tesseract_languages=_languages(program))


def check_tesseract(limits: Limits) -> None:
    """Refuse limits of `with_tesseract` that name tesseract where it cannot read Indonesian.

    Raises:
        NeedsTesseract
    """
    if not limits.tesseract:
        raise NeedsTesseract(missing_id="programnya", missing_en="the program")
    if not limits.tesseract_languages:
        raise NeedsTesseract(missing_id="bahasa 'ind'", missing_en="its language 'ind'")


@lru_cache(maxsize=4)
def _languages(program: str) -> str:
    """``"ind+eng"``, ``"ind"``, or nothing where Indonesian is not installed."""
    if not program:
        return ""
    try:
        answer = subprocess.run(  # noqa: S603 -- the person's own setting
            [program, "--list-langs"],
            capture_output=True,
            timeout=_LIST_TIMEOUT_S,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    installed = os.fsdecode(answer.stdout + answer.stderr).split()
    found = [language for language in _WANTED if language in installed]
    return "+".join(found) if "ind" in found else ""
