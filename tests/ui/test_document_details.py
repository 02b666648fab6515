from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from docs_store.errors import CorrectionRefused
from docs_store.records import Person, Region, VersionSummary
from tests.ui.fake_services import DOCUMENTS
from ui.document_details import DocumentDetails, corrections_in, details_html

REGION = Region("35.10", "Kabupaten Banyuwangi")
DOCUMENT = replace(
    DOCUMENTS[0],
    version=2,
    regions=(REGION,),
    publisher="Dinas <Contoh>",
    people=(Person("Wulandari", "camat"), Person("Bima", "")),
    warnings=("Halaman 3 tanpa teks.",),
    corrected=("title",),
)
HISTORY = (
    VersionSummary(
        1, "a", "Judul lama", "2023-01-05T00:00:00+00:00", "2024-05-02", "replaced", 9, 0, 0
    ),
    VersionSummary(2, "b", DOCUMENT.title, "2024-05-02T03:00:00+00:00", None, None, 3, 1200, 8),
)
FORM = {
    "title": DOCUMENT.title,
    "date": "2022-01-27",
    "kind": "other",
    "publisher": "Dinas <Contoh>",
    "regions": REGION.name,
}


def panel(language="id", **who):
    details = DocumentDetails(DOCUMENT, HISTORY, ("Diubah dengan UU 9/2015",), 0.834)
    return BeautifulSoup(details_html(details, language, **who), "html.parser")


def test_what_is_known_is_told_and_what_is_not_is_left_out():
    facts = {row.dt.get_text(): row.dd.get_text() for row in panel().select("dl > div")}
    assert facts["Berkas"] == "plan.txt"  # folders tell an onlooker too much
    assert facts["Tanggal"] == "27 Januari 2022"
    assert facts["Penerbit"] == "Dinas <Contoh>"
    assert facts["Orang"] == "Wulandari, camat; Bima"
    assert facts["Pembacaan"] == "dibaca dengan OCR, keyakinan 83%"
    assert panel().select_one(".source-notice").get_text() == "Diubah dengan UU 9/2015"
    bare = details_html(DocumentDetails(DOCUMENTS[1], HISTORY), "en")
    assert "Publisher</dt>" not in bare
    assert details_html(None, "id") == ""


def test_the_history_tells_what_changed_newest_first():
    newest, oldest = panel().select(".details-history li")
    assert newest.b.get_text() == "versi 2 · 2 Mei 2024"
    assert "3 kutipan baru, 1.200 hilang, 8 tetap" in newest.get_text()
    assert "Judul lama" in oldest.get_text()
    assert "Diganti 2 Mei 2024" in oldest.get_text()


def test_a_long_history_is_cut():
    versions = tuple(replace(HISTORY[0], version=number) for number in range(1, 51))
    lines = BeautifulSoup(
        details_html(DocumentDetails(DOCUMENT, versions), "id"), "html.parser"
    ).select(".details-history li")
    assert len(lines) == 21
    assert lines[-1].get_text() == "dan 30 lagi"


def test_only_an_editor_sees_what_changes_a_document():
    actions = {button["data-action"] for button in panel().select("[data-action]")}
    assert actions == {"shut", "original", "again", "remove", "erase", "uncorrect"}
    reader = panel(may_edit=False)
    assert {b["data-action"] for b in reader.select("[data-action]")} == {"shut", "original"}
    assert not reader.select("form")
    assert "tidak dapat dikembalikan" in panel().select_one('[data-action="erase"]')["data-confirm"]


def test_the_form_holds_what_is_known():
    form = panel().form
    held = {field["name"]: field.get("value") for field in form.select("input")}
    assert held == {name: value for name, value in FORM.items() if name != "kind"}
    assert form.select_one("option[selected]")["value"] == "other"


def test_only_what_was_changed_is_corrected():
    assert corrections_in(FORM, DOCUMENT) == {}
    changed = {**FORM, "title": "  Judul\n baru ", "date": "", "kind": "plan"}
    assert corrections_in(changed, DOCUMENT) == {"title": "Judul baru", "date": "", "kind": "plan"}
    assert corrections_in({**FORM, "regions": ""}, DOCUMENT) == {"regions": []}
    more = corrections_in({**FORM, "regions": f"{REGION.name}; kota malang"}, DOCUMENT)
    assert [region.name for region in more["regions"]] == [REGION.name, "Kota Malang"]
    assert corrections_in({}, DOCUMENT) == {}


def test_an_unknown_region_is_refused_with_what_may_be_meant():
    with pytest.raises(CorrectionRefused, match="Banyuwangi"):
        corrections_in({**FORM, "regions": "Kabupaten Banyuwang"}, DOCUMENT)
