"""Network drives and processors, as the machine tells them."""

from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from ui import doctor, machine, opened_store
from ui.command_line import main

Drive = namedtuple("Drive", "mountpoint fstype opts")


@pytest.fixture
def drives(monkeypatch):
    def mounted(*rows):
        monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [Drive(*row) for row in rows])

    return mounted


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/kantor/arsip", "cifs"),
        ("/data/kantor", "cifs"),
        ("/data/kantor/lokal/arsip", None),
        ("/data/kantoran/arsip", None),
        ("/arsip", None),
    ],
)
def test_the_nearest_mount_counts(drives, path, kind):
    drives(("/", "ext4", "rw"), ("/data/kantor", "cifs", "rw"), ("/data/kantor/lokal", "xfs", "rw"))
    assert machine.network_drive(Path(path)) == kind


def test_of_two_mounts_at_one_place_the_later_one_counts(drives):
    drives(("/", "ext4", "rw"), ("/data", "autofs", "rw"), ("/data", "nfs4", "rw"))
    assert machine.network_drive(Path("/data/arsip")) == "nfs4"


def test_windows_tells_a_drive_that_is_remote(drives):
    drives(("/", "NTFS", "rw,remote"))
    assert machine.network_drive(Path("/arsip")) == "remote"


def test_this_machine_s_temporary_folder_is_its_own(tmp_path):
    assert machine.network_drive(tmp_path) is None


def test_a_command_on_a_network_drive_says_so_and_goes_on(drives, tmp_path, capsys):
    drives(("/", "nfs4", "rw"))
    assert main(["docs", "list", "--store", str(tmp_path / "store")]) == 0
    said = capsys.readouterr().err
    assert "nfs4" in said
    assert "TANYA_STORE" in said


def test_the_doctor_names_a_network_drive_and_a_missing_avx2(drives, tmp_path, monkeypatch):
    drives(("/", "nfs4", "rw"))
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {})
    monkeypatch.setattr(machine, "has_avx2", lambda: False)
    findings = doctor.examine(tmp_path)
    assert findings["cpu"]["avx2"] is False
    assert any("nfs4" in problem for problem in findings["problems"])
    assert any("AVX2" in warning for warning in findings["warnings"])


def test_low_memory_says_what_it_leaves_out(tmp_path, capsys, monkeypatch):
    seen = {}

    def launch(services, *_args, **_options):
        seen["settings"] = services.ingest_settings
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.chat_page.launch_chat", launch)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(opened_store, "warm_up", lambda _: None)
    assert main(["chat", "--low-memory", "--store", str(tmp_path / "store")]) == 130
    assert not seen["settings"].ocr
    assert seen["settings"].memory_mb <= 512
    said = capsys.readouterr().err
    assert "OCR" in said
    assert "2 GB" in said
