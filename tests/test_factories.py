"""What the factories build is valid and public, so that a test which hides something hides it for its own reason."""

import pytest

from publishing.models import PublishedQuerySet
from tests import factories

pytestmark = pytest.mark.django_db

MAKERS = sorted(name for name in vars(factories) if name.startswith("make_"))


@pytest.mark.parametrize("name", MAKERS)
def test_twice_the_least_item_is_valid_and_public(name):
    make = getattr(factories, name)
    make()
    item = make()

    item.full_clean()
    rows = type(item)._default_manager.all()
    if isinstance(rows, PublishedQuerySet) and hasattr(item, "publish_at"):
        assert item in rows.published()
