from django.urls import include, path
from django.utils.translation import pgettext_lazy

from newsletter import archive_views, preferences_views, views

of_one_reader = [
    path("", preferences_views.preferences, name="preferences"),
    path("data.json", preferences_views.reader_data, name="reader_data"),
    path(pgettext_lazy("address", "new-links/"), preferences_views.new_links, name="new_links"),
    path(pgettext_lazy("address", "erase/"), preferences_views.erase, name="erase"),
]

app_name = "newsletter"
archive = [
    path("", archive_views.issue_list, name="issue_list"),
    path("<int:number>/", archive_views.issue_detail, name="issue_detail"),
]
urlpatterns = [
    path(pgettext_lazy("address", "archive/"), include(archive)),
    path(pgettext_lazy("address", "archive.atom"), archive_views.issue_atom_feed, name="issue_atom_feed"),
    path(pgettext_lazy("address", "archive.json"), archive_views.issue_json_feed, name="issue_json_feed"),
    path("", views.signup, name="signup"),
    path(pgettext_lazy("address", "subscribe/"), views.subscribe, name="subscribe"),
    path(pgettext_lazy("address", "thanks/"), views.thanks, name="thanks"),
    path(pgettext_lazy("address", "confirm/"), include([path("<slug:token>/", views.confirm, name="confirm")])),
    path(pgettext_lazy("address", "confirmed/"), views.confirmed, name="confirmed"),
    # Any word, so that the mail program's button is answered whatever became of its link.
    path(pgettext_lazy("address", "leave/"), include([path("<str:token>/", views.leave, name="leave")])),
    path(pgettext_lazy("address", "goodbye/"), views.goodbye, name="goodbye"),
    path(pgettext_lazy("address", "preferences/"), include([path("<slug:token>/", include(of_one_reader))])),
    path(pgettext_lazy("address", "links-sent/"), preferences_views.links_sent, name="links_sent"),
    path(pgettext_lazy("address", "erased/"), preferences_views.erased, name="erased"),
]
