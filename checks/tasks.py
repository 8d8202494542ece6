"""Once a week, in the background: the whole site is looked at; what was found stands on the editors' front page."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from checks.following import follow
from checks.models import SiteCheck
from checks.site import check_site, note_external_addresses

EVERY = timedelta(days=7)
# A task that runs for a quarter of an hour counts as stranded and is begun anew: see `iaec_site.stranded_tasks`.
TIME_FOR_OTHER_SITES = 300.0


def enqueue_if_due() -> bool:
    """Called every hour by whoever serves the site. With several servers, one of them enqueues it."""
    now = timezone.now()
    row, _created = SiteCheck.objects.get_or_create(pk=1, defaults={"due_at": now})
    if not SiteCheck.objects.filter(pk=row.pk, due_at__lte=now).update(due_at=now + EVERY):
        return False
    look_at_the_site.enqueue()
    return True


@task()
def look_at_the_site(is_begun=False):
    """Begins by following links to other sites, if the webmaster wants that, in as many portions as it needs."""
    if not is_begun:
        SiteCheck.objects.filter(pk=1).update(begun_at=timezone.now())
    if settings.CHECK_EXTERNAL_LINKS:
        if not is_begun:
            note_external_addresses()
        if follow(TIME_FOR_OTHER_SITES):
            look_at_the_site.enqueue(is_begun=True)
            return
    for _item, _found in check_site():
        pass
    SiteCheck.objects.filter(pk=1).update(finished_at=timezone.now())
