"""What stands in a letter in the place of a reader's own tokens, so that it is rendered once for many readers.

They have the form of real tokens, so that addresses can be made of them.
"""

LEAVE_TOKEN = "L" * 43
PREFERENCES_TOKEN = "P" * 43
