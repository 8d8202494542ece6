"""The editors' guide (docs/edit) as something that can be walked.

A numbered list of the guide is what somebody does: labels of the interface are **bold**, what is typed or chosen is
`code`. `reading` makes steps of it, `walking` does them in a real browser, `picturing` takes the pictures that the
guide shows, `beginning` is the site on which all this happens. `make guide` makes the pictures anew;
tests/guide walks the same way and fails where the guide says what is not there.
"""
