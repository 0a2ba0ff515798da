import pytest

from generator.pages.drawing.text_width import MAX_LINES, text_width, wrap

ROOM = 150.0


@pytest.mark.parametrize(
    "text",
    ["", "Grow", "W" * 200, "Grow order intake to EUR 150 million " * 8, "増加 " * 80, "🚀" * 90],
)
def test_any_text_is_wrapped_into_the_box(text):
    lines = wrap(text, ROOM)
    assert 1 <= len(lines) <= MAX_LINES
    assert all(text_width(line) <= ROOM for line in lines)
    shown = "".join(lines).replace("…", "").replace(" ", "")
    assert text.replace(" ", "").startswith(shown)
    assert len(shown) == len(text.replace(" ", "")) or lines[-1].endswith("…")


def test_a_wide_letter_takes_more_room_than_a_narrow_one():
    assert text_width("i") < text_width("n") < text_width("W") < text_width("増")
    assert text_width("e\u0301") == text_width("e")
