"""Sessions in the database that cost a sign-in one INSERT: Django's store, with its look-ups for new keys left out."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string


class SessionStore(db.SessionStore):
    """Django's store; a key is 32 random characters, so nobody needs to ask whether it is taken."""

    # Set before signing in: the anonymous session stays, for a second click that was sent with its cookie.
    stays = False
    _unsaved = False

    def _get_new_session_key(self) -> str:
        return get_random_string(32, VALID_KEY_CHARS)

    def cycle_key(self) -> None:
        """Go on under a new key; its row is inserted with the answer, when all of its data are known."""
        data, old = self._session, self.session_key  # type: ignore[attr-defined]
        self._session_key = self._get_new_session_key()
        self._session_cache = data
        self._unsaved = self.modified = True
        if old and not self.stays:
            self.delete(old)

    def delete(self, session_key: str | None = None) -> None:
        """Remove the row of `session_key`, or this session's."""
        self.model.objects.filter(session_key=session_key or self.session_key).delete()

    def save(self, must_create: bool = False) -> None:
        """Write the row: an INSERT for a new key, else an UPDATE; raises UpdateError when the row is gone."""
        must_create = must_create or self._unsaved
        self._unsaved = False
        super().save(must_create=must_create)
