"""Settings of the cache by its address, and a Redis that may be gone: what is kept in a cache can be done without."""

from __future__ import annotations

import logging
import time

import environ
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

REDIS = "django.core.cache.backends.redis.RedisCache"
# Seconds: a machine that does not answer must not hold up whoever asks the site, nor be asked by each of them.
PATIENCE = 1
PAUSE = 5


def cache_settings(url: str) -> dict:
    """As Django's CACHES wants them; without an address the memory of each process."""
    settings = environ.Env.cache_url_config(url or "locmemcache://")
    if settings["BACKEND"] == REDIS:
        settings["BACKEND"] = "iaec_site.caches.DispensableRedis"
        waiting = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        settings["OPTIONS"] = waiting | settings.get("OPTIONS", {})
    return settings


class DispensableRedis(RedisCache):
    """While Redis is gone, nothing is found and nothing kept; it is asked again every few seconds."""

    away_until = 0.0

    def get(self, key, default=None, version=None):
        return self.tried(super().get, default, key, default, version)

    def set(self, *args, **kwargs):
        return self.tried(super().set, None, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self.tried(super().add, False, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self.tried(super().touch, False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self.tried(super().delete, False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self.tried(super().get_many, {}, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self.tried(super().set_many, [], *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self.tried(super().has_key, False, *args, **kwargs)

    def clear(self):
        return self.tried(super().clear, False)

    def tried(self, act, otherwise, *args, **kwargs):
        from redis import RedisError  # an extra

        if time.monotonic() < DispensableRedis.away_until:
            return otherwise
        try:
            return act(*args, **kwargs)
        except RedisError as error:
            DispensableRedis.away_until = time.monotonic() + PAUSE
            logger.warning("The cache does not answer and is done without for %d s: %s", PAUSE, error)
            return otherwise
