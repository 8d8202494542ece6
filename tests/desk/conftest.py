from tests.admin.conftest import desk, desk_page

__all__ = ["desk", "desk_page"]
