import pytest

from networks.models import City
from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cordoba", ["Córdoba"]),
        ("CÓRDOBA", ["Córdoba"]),
        ("cordou", ["Córdoba"]),
        ("esbo", ["Espoo"]),
        ("l'hospitalet", ["L’Hospitalet de Llobregat"]),
        ("달서", ["Dalseo-gu"]),
        ("daegu", ["Dalseo-gu"]),
        ("nowhere", []),
    ],
)
def test_a_city_is_found_by_every_name_it_has(text, found):
    make_city(name="Córdoba", region="Andalucía", exonym_fr="Cordoue")
    make_city(name="Espoo", official_names=[{"language": "fi", "text": "Espoo"}, {"language": "sv", "text": "Esbo"}])
    make_city(name="L’Hospitalet de Llobregat")
    make_city(name="Dalseo-gu", name_local="달서구", name_local_language="ko", part_of="Daegu")

    assert [city.name for city in City.objects.search(text)] == found
