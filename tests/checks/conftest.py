from tests.admin.conftest import desk, desk_page  # noqa: F401 - fixtures
from tests.desk.conftest import editor_of, in_role  # noqa: F401 - fixtures
