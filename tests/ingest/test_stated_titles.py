"""The title that a regulation gives itself inside running text."""

from __future__ import annotations

import time

import pytest

from docs_store.regulation_keys import title_regulation
from ingest.describe import describe
from ingest.limits import Limits
from ingest.parsers import parse
from ingest.stated_titles import stated_title
from ingest.structure import structure

PREAMBLE = (
    "\n\nMenimbang : a. bahwa desa perlu diatur menurut Peraturan Pemerintah Nomor 8 Tahun 2001;"
)
OWN = "PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 7 TAHUN 2031 TENTANG LUMBUNG DESA"
MISREAD = OWN.replace("PEMERINTAH", "PEMEzuNTAH")


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (f"Menimbang Mengingat {OWN}", OWN),
        (f"No. 12, 2031 (Penjelasan dalam Tambahan Nomor 9) {OWN} DENGAN RAHMAT TUHAN", OWN),
        (f"1. Pasal 5; PERATURAN PEMERINTAH REPUBLIK INDONESIA {OWN} SALINAN I", OWN),
        (
            OWN.replace("PEMERINTAH", "PEMEzuNTAH") + " PRESfDEN REPUBLIK",
            OWN.replace("RI", "zu", 1),
        ),
        (f"menetapkan {OWN.split(' TENTANG')[0]} PRESIDEN", OWN.split(" TENTANG")[0]),
        (
            "^ UNDANG–UNDANG ^NOMOR 3 TAHUN ^2O3l TENTANG KETENTUAN UMUM PAJAK",
            "UNDANG–UNDANG NOMOR 3 TAHUN 2O3l TENTANG KETENTUAN UMUM PAJAK",
        ),
    ],
)
def test_it_is_found_behind_noise(opening: str, title: str) -> None:
    assert stated_title(opening + PREAMBLE, "7") == title


@pytest.mark.parametrize(
    "opening",
    [
        "Tentang perubahan atas peraturan pemerintah nomor 3 tahun 2020",
        "PERUBAHAN ATAS PERATURAN PEMERINTAH NOMOR 3 TAHUN 2020 TENTANG LUMBUNG",
        "LAPORAN PELAKSANAAN UNDANG-UNDANG NOMOR 3 TAHUN 2020 TENTANG LUMBUNG",
        "RANCANGAN PERATURAN PEMERINTAH NOMOR 7 TAHUN 2031 TENTANG LUMBUNG",
        "PERATURAN DAERAH NOMOR 7 TAHUN 2031 TENTANG LUMBUNG",  # of which region?
    ],
)
def test_other_regulations_and_drafts_are_not_its_title(opening: str) -> None:
    assert stated_title(opening + PREAMBLE, "7") is None


def test_a_report_on_a_regulation_is_none() -> None:
    assert stated_title(f"SOSIALISASI {OWN} berlangsung di balai desa.", "7") is None


def test_where_two_places_disagree_the_files_name_decides() -> None:
    text = OWN.replace("7", "1") + PREAMBLE + f"\n\nPENJELASAN ATAS {OWN} I. UMUM Desa ..."
    assert stated_title(text, "pp-7-2031") == OWN
    assert stated_title(text, "pp-1-2031") == OWN.replace("7", "1")
    assert stated_title(text, "unduhan") is None
    assert stated_title(text.replace("NOMOR 1 ", "NOMOR ~ "), "unduhan") == OWN


def test_it_gives_the_document_its_title_and_key() -> None:
    source = f"Menimbang Mengingat {OWN} DENGAN RAHMAT TUHAN YANG MAHA ESA{PREAMBLE}"
    document = parse(source.encode(), "7.md", Limits())
    about = describe(document, structure(document.blocks).text, "7")
    assert (about.title, about.regulation) == (OWN, "pp/7/2031")


def test_a_long_line_costs_no_time() -> None:
    for filler in ("A" * 8_000, "PERATURAN " * 800, "PERATURAN A NOMOR 1 " * 400):
        started = time.perf_counter()
        stated_title(f"Menimbang {filler}", "x")
        assert time.perf_counter() - started < 2


def test_the_laws_that_the_shared_data_names_get_their_keys(shared_data) -> None:  # type: ignore[no-untyped-def]
    laws = shared_data / "governance" / "laws-regional-gov"
    for name in ("pp/2019/12", "pp/2012/96", "uu/2014/30", "pp/2018/4", "pp/2017/61", "uu/2022/15"):
        document = parse((laws / f"{name}.md").read_bytes(), f"{name[-2:]}.md", Limits())
        text = structure(document.blocks).text
        about = describe(document, text, name.rsplit("/", 1)[1])
        kind, year, number = name.split("/")
        assert about.regulation == f"{kind}/{number}/{year}"
        assert title_regulation(about.title) is not None
