import pytest

from assistant.expected import fits, same_office, speaks_of_order
from assistant.understand import understand


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("Kapan dimekarkan?", "Kabupaten itu dimekarkan pada 2013.", 1.0),
        ("Kapan dimekarkan?", "Kabupaten itu dimekarkan belum lama ini.", 0.0),
        ("Kapan laporan disampaikan?", "Laporan disampaikan paling lambat 7 (tujuh) hari.", 0.5),
        ("Kapan pajak dibayar?", "Pajak dibayar setiap bulan Maret.", 0.5),
        ("Berapa jumlah pegawai dinas?", "1.8 | Pegawai | Jumlah pegawai | Awan,2017", 0.0),
        ("Berapa jumlah pegawai dinas?", "1.8 | Jumlah pegawai | 45 | Awan,2017", 1.0),
        ("Berapa tarif pajak reklame?", "Tarif pajak reklame sebesar 25%.", 1.0),
        ("Berapa anggaran pasar?", "Anggaran pasar naik 25%.", 0.0),
        ("Berapa retribusi sampah warung?", "4. | Warung | 15.000/bulan", 1.0),
        ("Berapa retribusi sampah warung?", "4. | Warung | 2 kali", 0.0),
        ("Berapa tarif sewa tenda?", "Tenda besar | 75.000", 1.0),
        ("Berapa persen bagian desa?", "Bagian desa sebesar 10%.", 1.0),
        ("Berapa persen bagian desa?", "Bagian desa 10 kali lebih kecil.", 0.5),
        ("Berapa jarak ke Palu?", "Jaraknya 500 kilometer.", 1.0),
        ("Berapa jarak ke Palu?", "Dimekarkan pada 2013.", 0.0),
        ("Berapa hari kerja?", "Paling lambat 10 (sepuluh) hari kerja.", 1.0),
        ("Berapa hari kerja?", "11. PPID adalah pejabat struktural.", 0.0),
        ("Berapa anggaran pariwisata?", "Anggarannya Rp2,5 miliar.", 1.0),
        ("Berapa anggaran pariwisata?", "Ada 12 acara pariwisata.", 0.0),
        ("Siapa Sekda Banyuwangi?", "Sekda Banyuwangi, Mujiono, hadir.", 1.0),
        ("Siapa Sekda Banyuwangi?", "Sekretaris Daerah adalah Sekretaris Daerah Kabupaten.", 0.0),
        ("Siapa Wali Kota Batu?", "Penghargaan diterima Wali Kota Batu dan Ketua DPRD.", 0.0),
        ("Siapa Sekda Banyuwangi?", "Hadir Mujiono selaku Sekda Banyuwangi.", 1.0),
        ("Apa itu smart city?", "Smart city adalah kota yang memakai data.", 1.0),
        ("Apa itu smart city?", "SNI merupakan dasar dari smart city.", 0.0),
        ("Apa kepanjangan PPID?", "Pejabat Pengelola Informasi (PPID) melayani.", 1.0),
        ("Siapa bupati Banyuwangi?", "Peraturan Bupati Banyuwangi terbit pada Juni.", 0.0),
    ],
)
def test_a_sentence_fits_what_is_asked_for(question, sentence, fit):
    assert fits(understand(question), sentence) == fit


@pytest.mark.parametrize(
    ("question", "sentence", "same"),
    [
        ("Siapa Sekda Banyuwangi?", "Sekda Banyuwangi, Mujiono, hadir.", True),
        ("Siapa Sekda Morowali Utara?", "Morowali Utara disambut Sekda Banyuwangi.", False),
        ("Siapa Sekda Morowali Utara?", "Morowali Utara ada di Sulawesi Tengah.", False),
        ("Siapa presiden Indonesia?", "Wakil Presiden Ma'ruf Amin hadir.", False),
        ("Who is the regent of Jember?", "Bupati Banyuwangi, Ipuk, hadir.", False),
        ("Who is the regent of Banyuwangi?", "Bupati Banyuwangi, Ipuk, hadir.", True),
        ("Siapa yang hadir?", "Sekda Banyuwangi hadir.", True),
    ],
)
def test_the_office_that_is_asked_for(question, sentence, same):
    assert (same_office(understand(question), sentence) == 1.0) is same


def test_order():
    assert speaks_of_order("Program dilakukan bertahap.")
    assert not speaks_of_order("Program dilakukan di desa.")
