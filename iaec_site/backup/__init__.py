"""Backup, restore, and the way from one database to another: see docs/operate.md and docs/decisions/0032-backup.md."""
