"""What is looked after at each start and every hour, wherever it is run from."""

from django.conf import settings
from django.core.management import call_command

from checks.tasks import enqueue_if_due
from desk.history.pruning import prune_weekly
from desk.working_copies import publish_due
from entrance.retention import forget_what_is_over
from iaec_site.retention import remove_what_is_over
from iaec_site.stranded_tasks import give_back_stranded_tasks
from iaec_site.workers.models import Heartbeat
from newsletter.retention import look_after_readers
from newsletter.sending_issues import wake_up
from pictures.leftovers import remove_leftovers
from pictures.tasks import take_up_what_was_left
from publications.leftovers import remove_given_up_files
from publications.tasks import read_what_was_left
from translations.weekly_letter import tell_translators_weekly


def tidy_up() -> int:
    """Returns how many interrupted tasks go back into the queue.

    Interrupted tasks are tried again, personal data go when their time is over, letters that came back are read,
    and once a week the site is looked at for faults and old versions are thinned out. Nothing while the site is being
    maintained (READ_ONLY).
    """
    if settings.READ_ONLY:
        return 0
    count = give_back_stranded_tasks()
    # Each has a task of its own; this is for those whose task was lost.
    publish_due()
    wake_up()
    look_after_readers()
    enqueue_if_due()
    prune_weekly()
    tell_translators_weekly()
    forget_what_is_over()
    remove_what_is_over()
    remove_leftovers()
    take_up_what_was_left()
    remove_given_up_files()
    read_what_was_left()
    Heartbeat.objects.forget_the_lost()
    # Results hold the arguments of tasks, and a failed one may name an address.
    call_command("prune_db_task_results", verbosity=0)
    return count
