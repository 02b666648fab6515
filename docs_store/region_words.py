"""The words around a region's name that say what it is, or that it is none."""

from __future__ import annotations

from docs_store.region_names import RegionKind

_R, _C, _P = RegionKind.REGENCY, RegionKind.CITY, RegionKind.PROVINCE


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


BEFORE_NAME: dict[str, RegionKind] = {
    **dict.fromkeys(
        _words("kabupaten kab pemkab bupati wabup cabup regency regent perbup pemdakab"), _R
    ),
    **dict.fromkeys(
        _words("kota kodya kotamadya kotamadia pemkot pemko walikota wawali wawalikota perwali "
               "perwalkot perwako cawali"), _C
    ),
    **dict.fromkeys(
        _words("provinsi propinsi prov pemprov gubernur wagub pergub cagub governor"), _P
    ),
}  # fmt: skip
"""A word right before a name ("Bupati Kediri")."""
AFTER_NAME: dict[str, RegionKind] = {
    "regency": _R, "regent": _R, "city": _C, "municipality": _C, "mayor": _C, "province": _P,
    "governor": _P,
}  # fmt: skip
"""A word right after a name ("Malang City")."""
OF_NAME: dict[str, dict[str, RegionKind]] = {"of": AFTER_NAME}
"""Words before "of" and a name ("the City of Malang")."""
PLACE_TYPES = _words("kabupaten kab kota kodya kotamadya provinsi propinsi prov")
"""Words that belong to the name; an office or a government does not."""
RANK_WORDS = _words("bupati gubernur walikota pemkab pemkot pemprov perbup perwali pergub")
"""Words that no further type word stands before."""
LOCATIVES = _words(
    "di ke dari se asal warga masyarakat wilayah daerah pemda pemerintah sekda sekretaris bpbd "
    "dprd apbd kejari polres kpu bps bappeda diskominfo in from at to near menuju seluruh"
)
"""Words after which a name that is also a word is a place ("di Batu")."""
NOT_A_REGION_BEFORE = _words(
    "kecamatan kec desa kelurahan jalan jl dusun kampung gunung danau sungai selat laut teluk "
    "pulau kepulauan bendungan waduk suku bahasa tan pak bapak ibu bu drs dr ir prof sdr saudara "
    "nama bernama pt cv hotel selasar mount lake strait river street"
)
"""Words before which a name is a mountain, a street, a village or a person."""
NOT_A_REGION_AFTER = {"bandung": _words("bondowoso lautan")}
"""Words that make one of two names in a row no region ("Bandung Bondowoso" of the legend)."""
COMMON_WORDS = frozenset(
    name.strip()
    for name in """
    batu, bone, buru, sigi, metro, banjar, batang, pati, siak, bima, malaka, kaur, lebak, landak,
    agam, karo, toba, belu, ende, alor, puncak, sabang, serang, kendal, kudus, asmat, muna, palu,
    kuningan, medan, lingga, solo, tual, sula, aru, lahat, bungo, poso, buton, solok, padang,
    tegal, demak, kapuas, kampar, kerinci, nias, natuna, sampang, batu bara, gunung mas,
    lima puluh kota, sungai penuh, tebing tinggi, pesisir selatan, pesisir barat, puncak jaya,
    pegunungan bintang, kota baru, kotabaru, tuba, meranti, morotai, biak, kediri, sikka, barru,
    subang, depok, bangli, luwu, wajo, madina, palas, bartim, barut, mabar, mateng, matim, balut,
    touna, minut, siantar, gowa, maros, berau, paser, landak, tabanan, lamandau, selayar
    """.split(",")
)
"""Names that are also words, persons, peoples, straits, islands or mountains."""
