"""Background tasks of the desk."""

from django_tasks import task

from desk.working_copies import publish_due


@task()
def publish_due_copies():
    """Runs at the moment of a scheduled working copy. Bears being run twice, late, or when there is nothing to do."""
    publish_due()


def wake_up_at(moment):
    """Have the task run at a moment. Where tasks cannot wait, the hourly sweep does the work."""
    if publish_due_copies.get_backend().supports_defer:
        publish_due_copies.using(run_after=moment).enqueue()
