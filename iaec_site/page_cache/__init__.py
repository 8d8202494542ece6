"""Ready pages in front of Django, exact to the last change: see docs/decisions/0026-ready-pages.md."""
