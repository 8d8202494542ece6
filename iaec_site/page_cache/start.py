"""Puts the ready pages in front of Django."""

from __future__ import annotations

import logging

from iaec_site.page_cache.generation import generation
from iaec_site.page_cache.kept_blocks import blocks
from iaec_site.page_cache.layer import PageCache
from iaec_site.page_cache.recorded_request import RecordingHandler
from iaec_site.page_cache.several_machines import Follower, shared_generation

logger = logging.getLogger(__name__)


def with_ready_pages(size: int) -> PageCache | RecordingHandler:
    """Django behind ready pages of so many bytes; Django alone for 0, or where memory cannot be shared."""
    django = RecordingHandler()
    try:
        here = generation()
    except OSError as error:
        logger.warning("No ready pages: the memory that processes share cannot be written (%s)", error)
        return django
    follower = blocks.follower = Follower(shared_generation(), here)
    if not size:
        follower.begin()
        return django
    return PageCache(django, here, follower, size)
