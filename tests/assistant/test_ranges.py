import pytest

from assistant.ranges import range_fit

ROWS = (
    "1) Sampai Dengan 5 Km | 101.000",
    "2) Lebih Dari 5 Km Sampai Dengan 10 Km | 149.000",
    "3) Lebih Dari 10 Km Sampai Dengan 25 Km | 236.000",
    "4) >25 sd 50 km | 359.000",
    "5) Di atas 50 km | 467.000",
)


@pytest.mark.parametrize(
    ("distance", "row"),
    [("3 km", 0), ("5 km", 0), ("7,5 kilometer", 1), ("10 km", 1), ("20 km", 2), ("50 km", 3),
     ("1.200 km", 4)],
)  # fmt: skip
def test_one_range_holds_it(distance, row):
    held = [bool(range_fit(f"tarif untuk jarak {distance}", text)) for text in ROWS]
    assert held.index(True) == row
    assert held.count(True) == 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("tarif untuk jarak 20 km", "Tarif parkir motor | 2.000"),
        ("tarif untuk jarak 20 km", "Masa sewa 5 - 10 tahun | 2.000"),
        ("Berapa tarif ambulans?", ROWS[0]),
    ],
)
def test_other_units_and_no_number_tell_nothing(question, text):
    assert range_fit(question, text) is None


def test_below_is_not_up_to():
    assert range_fit("berat 10 ton", "Kurang dari 10 ton | 5.000") == ()
    assert range_fit("berat 10 ton", "Sampai dengan 10 ton | 5.000") == ("10",)
