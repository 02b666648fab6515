import string

import pytest

from ui import texts, texts_source

ALL = {
    name: value
    for module in (texts, texts_source)
    for name, value in vars(module).items()
    if isinstance(value, texts.Text)
}


@pytest.mark.parametrize("name", ALL)
def test_both_languages_name_the_same_details(name):
    def fields(template):
        return {field for _, field, _, _ in string.Formatter().parse(template) if field}

    text = ALL[name]
    assert text.indonesian.strip()
    assert text.english.strip()
    assert fields(text.indonesian) == fields(text.english)


@pytest.mark.parametrize(
    ("iso", "indonesian", "english"),
    [
        ("2022-01-27", "27 Januari 2022", "27 January 2022"),
        ("2022-08-05T10:00:00Z", "5 Agustus 2022", "5 August 2022"),
        ("2022-01", "Januari 2022", "January 2022"),
        ("2022", "2022", "2022"),
        ("2022-13-01", "2022-13-01", "2022-13-01"),
        ("kemarin", "kemarin", "kemarin"),
        ("", "", ""),
    ],
)
def test_dates_are_written_as_people_write_them(iso, indonesian, english):
    assert texts.format_date(iso, "id") == indonesian
    assert texts.format_date(iso, "en") == english


def test_numbers_are_written_as_people_write_them():
    assert texts.format_number(1234567.5, "id", decimals=1) == "1.234.567,5"
    assert texts.format_number(1234567.5, "en", decimals=1) == "1,234,567.5"
    assert texts.format_number(9894, "id") == "9.894"
