"""Two editors who put one list in order."""

from news.models import Category
from tests.admin.forms import address, as_it_stands
from tests.factories import make_category


def opened(client):
    return as_it_stands(client.get(address("changelist", Category)))


def saved(client, data, orders):
    """Saves the list with other numbers for some categories."""
    data = {name: values for name, values in data.items() if name not in ("q", "action", "select_across")}
    for number in range(int(data["form-TOTAL_FORMS"][0])):
        pk = int(data[f"form-{number}-id"][0])
        if pk in orders:
            data[f"form-{number}-order"] = [str(orders[pk])]
    return client.post(address("changelist", Category), data | {"_save": "1"})


def orders():
    return list(Category.objects.order_by("pk").values_list("order", flat=True))


def test_numbers_that_only_the_other_changed_stay(anna, boris):
    one, two, _three = [make_category(order=1).pk for _ in range(3)]
    of_anna, of_boris = opened(anna), opened(boris)
    saved(anna, of_anna, {one: 7})

    response = saved(boris, of_boris, {two: 8})

    assert (response.status_code, orders()) == (302, [7, 8, 1])


def test_a_number_that_both_changed_is_told_and_saved_only_when_saved_again(anna, boris):
    one, two = [make_category(order=1).pk for _ in range(2)]
    of_anna, of_boris = opened(anna), opened(boris)
    saved(anna, of_anna, {one: 7})

    response = saved(boris, of_boris, {one: 9, two: 8})

    assert (response.status_code, orders()) == (200, [7, 1])
    errors = [error for row in response.context["cl"].formset.errors for texts in row.values() for error in texts]
    assert [error.split(",")[0] for error in errors] == ["Changed meanwhile to “7” (Anna Puig"]
    assert (saved(boris, as_it_stands(response), {}).status_code, orders()) == (302, [9, 8])


def test_a_row_that_was_deleted_meanwhile_is_left_out(anna, boris):
    one, two = [make_category(order=1).pk for _ in range(2)]
    of_boris = opened(boris)
    Category.objects.filter(pk=one).delete()

    response = saved(boris, of_boris, {two: 8})

    assert (response.status_code, orders()) == (302, [8])
