from io import BytesIO

import pytest
from PIL import Image

from pictures.cards import TITLE_HEIGHT, card_png, fit, font

LONG = "Transformación de la ciudad (agenda urbana) desde y con la mirada de la infancia y la adolescencia " * 3


@pytest.mark.parametrize("title", ["Memory & Life", LONG, "L’œuvre « d’un àpat » a Col·laboració Łódź", "가" * 80, ""])
@pytest.mark.parametrize("number", [None, 26])
def test_a_card_is_a_small_png_of_the_size_that_networks_ask_for(title, number):
    card = card_png(
        title=title, kicker="Focus Experience", site="IAEC", seed="espoo", palette="culture", number=number
    )

    assert Image.open(BytesIO(card)).size == (1200, 630)
    assert len(card) <= 60_000


def test_equal_items_have_equal_cards():
    item = {"title": "Memory & Life", "kicker": "", "site": "IAEC", "seed": "sao_paulo", "number": 24}

    assert card_png(**item) == card_png(**item)


def test_a_long_title_is_cut_inside_its_room():
    size, lines = fit(LONG, 450)

    assert len(lines) * size * 1.04 <= TITLE_HEIGHT
    assert max(font(size).getlength(line) for line in lines) <= 450
    assert lines[-1].endswith("…")
