from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from ui.markup import Html, element, escape, join


class Reader(HTMLParser):
    """What a browser sees: the tags, the attributes and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


hostile = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
) | st.sampled_from(
    ["<script>x</script>", '" onclick="x', "&amp;", "</p><b>", "' x='", "<!--", "]]>", "\r\n"]
)


@given(text=hostile, attribute=hostile)
def test_text_and_attributes_are_read_back_as_they_were_given(text, attribute):
    seen = Reader(element("p", text, title=attribute))
    assert seen.text == text
    assert seen.tags == [("p", {"title": attribute})]


def test_html_is_not_escaped_twice_and_joins_flatten():
    assert element("p", ["a", None, (element("b", "<"), "c")]) == "<p>a<b>&lt;</b>c</p>"
    assert join("x", Html("<br>")) == "x<br>"


def test_joining_markup_as_text_shows_tags_instead_of_running_them():
    assert "&lt;b&gt;" in element("p", element("b", "x") + "y")


def test_attribute_names_and_absent_values():
    made = element("input", class_="a b", data_start=3, hidden=True, title=None, disabled=False)
    assert made == '<input class="a b" data-start="3" hidden>'


def test_a_zero_byte_becomes_visible():
    assert escape("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
