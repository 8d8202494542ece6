from tests.admin.conftest import desk_page

__all__ = ["desk_page"]
