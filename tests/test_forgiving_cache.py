"""A Redis that is not there looks like an empty cache, and is left alone for a while."""

from signon.forgiving_cache import ForgivingRedisCache


def test_a_cache_without_a_server_forgets_and_lets_people_in(monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "rest_until", 0.0)
    options = {"socket_timeout": 1, "socket_connect_timeout": 1}
    cache = ForgivingRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": options})
    cache.set("key", "value")
    assert ForgivingRedisCache.rest_until > 0
    assert (cache.get("key", "nothing"), cache.add("key", 1), cache.delete("key")) == ("nothing", True, False)
