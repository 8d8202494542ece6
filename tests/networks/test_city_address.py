import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from networks.models import City
from publishing.slugs import SLUG_LENGTH
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def test_the_old_address_of_a_city_leads_to_the_new_one(client):
    city = make_city(name="Lleida", slug="lerida")
    city.slug = "lleida"
    city.save()

    response = client.get("/en/cities/Lerida/")

    assert (response.status_code, response["Location"]) == (301, "/en/cities/lleida/")
    assert client.get("/en/cities/lleida/").context["city"] == city
    assert client.get("/en/cities/lerid/").status_code == 404


def test_saving_some_fields_only_keeps_the_memory():
    city = make_city(name="Lleida", slug="lerida")
    city.slug = "lleida"
    city.save(update_fields=["state"])

    assert City.objects.values_list("slug", "former_slugs").get() == ("lleida", " :lerida ")


def test_a_new_city_does_not_take_the_former_address_of_another():
    city = make_city(name="Córdoba", region="Andalucía")
    city.slug = "cordoba-andalucia"
    city.save()

    assert make_city(name="Córdoba", region="Veracruz", country="MX").slug == "cordoba-veracruz"


def test_a_typed_address_is_made_lower_case(client):
    city = make_city(slug="Foo")

    assert client.get("/en/cities/Foo/")["Location"] == "/en/cities/foo/"
    assert client.get("/en/cities/foo/").context["city"] == city


def test_an_address_with_capitals_that_another_city_has_is_refused():
    make_city(slug="foo")

    with pytest.raises(ValidationError) as refused:
        City(name="Foo", slug="FOO", country="ES").full_clean()
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["", "Foo"])
def test_the_database_refuses_an_address_that_nobody_could_open(slug):
    with pytest.raises(IntegrityError, match="city_slug_filled_in_lower_case"):
        City.objects.bulk_create([City(name="Foo", country="ES", slug=slug)])


def test_checks_let_an_empty_address_pass_because_saving_fills_it():
    city = City(name="Foo", country="ES")
    city.full_clean()
    city.save()

    assert city.slug == "foo"


def test_a_long_name_with_a_long_region_fits_the_column():
    slugs = [make_city(name="a" * 120, region="b" * 120, part_of="c " * 59).slug for _ in range(3)]

    assert slugs == ["a" * 120, "a" * 118 + "-2", "a" * 118 + "-3"]
    assert max(map(len, slugs)) == SLUG_LENGTH


def test_any_number_of_cities_may_share_a_name():
    City.objects.bulk_create(
        City(name="San José", country="CR", slug=slug)
        for slug in ("san-jose", "san-jose-cr", *(f"san-jose-{number}" for number in range(2, 101)))
    )

    assert make_city(name="San José", country="CR").slug == "san-jose-101"
