"""Background tasks of the desk."""

from django_tasks import task

from desk import mail
from desk.models import WorkingCopy
from desk.working_copies import publish_due
from publishing.letters import send_or_try_again


@task()
def publish_due_copies():
    """Runs at the moment of a scheduled working copy. Bears being run twice, late, or when there is nothing to do."""
    publish_due()


def wake_up_at(moment):
    """Have the task run at a moment. Where tasks cannot wait, the hourly sweep does the work."""
    if publish_due_copies.get_backend().supports_defer:
        publish_due_copies.using(run_after=moment).enqueue()


@task()
def tell_of_failure(copy_id, version, attempt=0):
    """A letter to whoever scheduled a copy that could not go public, unless somebody has looked after it already."""
    copy = WorkingCopy.objects.filter(pk=copy_id, version=version).exclude(failure="")
    copy = copy.select_related("scheduled_by", "content_type").first()
    person = copy and copy.scheduled_by
    if not person or not person.is_active or not person.email:
        return
    send_or_try_again(mail.copy_failed(copy), tell_of_failure, copy_id, version, attempt=attempt)
