"""All content as JSON, for whoever leaves this system: `manage.py export_json`. See docs/move-out.md."""
