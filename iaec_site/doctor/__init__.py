"""Whether a running site is in order, and what to do where it is not: `manage.py doctor`."""
