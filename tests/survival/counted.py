"""A task that leaves a line behind each time it is run."""

import os
import time

from django_tasks import task


@task()
def count(number):
    descriptor = os.open(os.environ["COUNTED_IN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{number}\n".encode())
    os.close(descriptor)
    time.sleep(0.05)
