"""The doctor says which programs outside of Python were found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import doctor


def test_programs_found_and_missed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doctor.examine(tmp_path)["programs"] == {"soffice": None, "tesseract": None}
    for name in ("kantor", "tesseract"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("INGEST_SOFFICE", str(tmp_path / "kantor"))
    assert doctor.examine(tmp_path)["programs"] == {
        "soffice": str(tmp_path / "kantor"),
        "tesseract": str(tmp_path / "tesseract"),
    }
    monkeypatch.setenv("INGEST_SOFFICE", str(tmp_path / "hilang"))
    assert doctor.examine(tmp_path)["programs"]["soffice"] is None
