"""The shared cache on Redis, which forgets instead of failing: while Redis is away, rate limits are off."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
REST_SECONDS = 20.0  # after an error nobody waits for Redis for this long


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; an unreachable server looks like an empty cache that takes everything."""

    rest_until = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` also while Redis is away."""
        return self._asked(lambda: RedisCache.get(self, key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        """Keep the value, or not while Redis is away."""
        self._asked(lambda: RedisCache.set(self, key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        """True when the key was free, and while Redis is away: a lock nobody can share is taken."""
        return bool(self._asked(lambda: RedisCache.add(self, key, value, timeout, version), True))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """True when the key was there."""
        return bool(self._asked(lambda: RedisCache.delete(self, key, version), False))

    def _asked(self, question: Callable[[], Any], answer: Any) -> Any:
        """Redis's answer, or `answer` while it is away; each process then leaves it alone for REST_SECONDS."""
        if time.monotonic() < ForgivingRedisCache.rest_until:
            return answer
        try:
            return question()
        except RedisError as error:
            ForgivingRedisCache.rest_until = time.monotonic() + REST_SECONDS
            log.warning("the shared cache is away (%s); rate limits are off meanwhile", type(error).__name__)
            return answer
