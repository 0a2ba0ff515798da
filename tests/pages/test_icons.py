import pytest

from generator.pages.drawing.icons import ICONS, draw_icon


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_one_the_theme_ships_and_is_hidden_from_screen_readers(name):
    svg = draw_icon(name)
    assert svg.startswith('<svg class="pb-icon" aria-hidden="true" ')
    assert svg.endswith("</svg>")
    assert "<script" not in svg


def test_an_icon_nobody_has_is_an_error():
    with pytest.raises(KeyError):
        draw_icon("unicorn")
