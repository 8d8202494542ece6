"""What experiences should have, and where addresses of the bank and of the series lead."""

from checks.addresses import page_of
from checks.publication_checks import expects
from experiences.models import Experience, FocusIssue

page_of("experiences:experience_detail", Experience)
page_of("experiences:focus_detail", FocusIssue, key="number", related=["experience"])
expects(Experience, "summary", "body")
