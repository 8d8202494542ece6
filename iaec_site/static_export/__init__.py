"""The public site as files that any server can serve: `manage.py export_static`. See docs/move-out.md."""
