"""A private bucket that speaks S3, read by the site itself. Needs django-storages[s3] (requirements-extras.txt)."""

from __future__ import annotations

import errno
import posixpath
import time
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Seconds for a connection and for each answer, and how often a failing one is tried.
CONNECT, READ, ATTEMPTS = 5, 30, 3
# Seconds for which nobody who reads asks a bucket that did not answer: visitors' pictures would hold up all threads.
PAUSE = 15


@contextmanager
def as_files_fail():
    """What cannot be reached fails as a disk does, so that whoever stores files knows what to do about it."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(errno.EIO, f"The bucket does not answer as it should: {error}") from error


class Bucket(S3Storage):
    away_until = 0.0  # by `time.monotonic`, for this process

    def __init__(self, **options):
        style = {"s3": {"addressing_style": options.get("addressing_style")}}
        retries = {"max_attempts": ATTEMPTS, "mode": "standard"}
        config = Config(connect_timeout=CONNECT, read_timeout=READ, retries=retries, **style)
        super().__init__(**{"client_config": config, **options})

    def url(self, name, parameters=None, expire=None, http_method=None):
        """On the site itself: `pictures.views` sends what is public, and nothing else."""
        return posixpath.join(settings.MEDIA_URL, filepath_to_uri(name))

    def _open(self, name, mode="rb"):
        if "w" in mode:
            with as_files_fail():
                return super()._open(name, mode)
        if time.monotonic() < self.away_until:
            raise OSError(errno.EIO, f"The bucket did not answer within the last {PAUSE} seconds")
        if self.away_until:
            self.away_until = time.monotonic() + PAUSE  # one asks for all
        with as_files_fail():
            try:
                opened = super()._open(name, mode)
                # Fetched now: who has begun an answer can no longer say that there is none.
                opened.file  # noqa: B018
            except (Boto3Error, BotoCoreError):  # not ClientError: the bucket did answer
                self.away_until = time.monotonic() + PAUSE
                raise
        self.away_until = 0.0
        return opened

    def _save(self, name, content):
        with as_files_fail():
            return super()._save(name, content)

    def delete(self, name):
        with as_files_fail():
            super().delete(name)

    def exists(self, name):
        with as_files_fail():
            return super().exists(name)

    def size(self, name):
        with as_files_fail():
            return super().size(name)

    def listdir(self, name):
        with as_files_fail():
            return super().listdir(name)
