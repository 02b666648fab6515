"""``tanya brief`` as people call it."""

from __future__ import annotations

import io
import json

import docx
import pytest

from ui.command_line import main


@pytest.fixture(scope="module")
def filled(tmp_path_factory, samples):
    path = tmp_path_factory.mktemp("brief") / "store"
    assert main(["ingest", "--store", str(path), "--json", str(samples)]) == 0
    return path


def run(capsys, *arguments):
    status = main(["brief", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("suffix", ["docx", "md", "PDF"])
def test_an_answer_becomes_a_file(capsys, filled, tmp_path, suffix):
    out = tmp_path / f"nota.{suffix}"
    status, told, _ = run(capsys, "--store", filled, "Siapa Sekda Banyuwangi?", "--out", out)
    assert status == 0
    assert str(out) in told
    start = {"docx": b"PK", "md": b"# Siapa Sekda Banyuwangi?", "PDF": b"%PDF"}[suffix]
    assert out.read_bytes().startswith(start)


def test_the_word_file_holds_the_answer_and_json_tells_of_it(capsys, filled, tmp_path):
    out = tmp_path / "nota.docx"
    question = "Who is the regional secretary of Banyuwangi?"
    status, told, _ = run(capsys, "--store", filled, "--json", question, "--out", out)
    told = json.loads(told)
    assert status == 0
    assert told["file"] == str(out)
    assert not told["abstained"]
    assert told["citations"] >= told["documents"] >= 1
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(out.read_bytes())).paragraphs)
    assert "Mujiono" in text
    assert "made with Tanya Daerah" in text


def test_an_abstention_is_a_briefing_too(capsys, filled, tmp_path):
    out = tmp_path / "nota.md"
    status, told, _ = run(
        capsys, "--store", filled, "--json", "Berapa tarif parkir di Jember?", "--out", out
    )
    assert status == 0
    assert json.loads(told)["abstained"]
    assert "Tidak ada jawaban" in out.read_text("utf-8")


def test_what_cannot_be_written_is_told_with_the_remedy(capsys, filled, tmp_path):
    missing = tmp_path / "tidak-ada" / "nota.md"
    status, _, err = run(capsys, "--store", filled, "Siapa Sekda Banyuwangi?", "--out", missing)
    assert status == 2
    assert "--out" in err


def test_another_kind_of_file_is_refused_before_anything_is_asked(capsys, filled, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        main(["brief", "--store", str(filled), "Siapa?", "--out", str(tmp_path / "nota.odt")])
    assert stopped.value.code == 2
    assert ".docx, .md, .pdf" in capsys.readouterr().err
