"""Puts proposed words into the next version, as a text that was edited here and not in Word."""

import datetime

from django.db import transaction

from letters import lifecycle
from letters.draft.actions import Upload, store
from letters.lifecycle import NotNow
from letters.models import Comment, Letter, User, Version
from letters.models.letter import IN_DISCUSSION
from letters.text.markdown_out import markdown
from letters.text.proposal import NoSuchBlock, with_words
from letters.text.reading import read


@transaction.atomic
def put_words(*, by: User, letter: Letter, comment: Comment, now: datetime.datetime) -> Version:
    """The waiting version, or a new one after the version on the table, with the words this comment proposes.

    Raises NotNow when the text can no longer change, the comment proposes nothing, or its paragraph reads otherwise
    by now: then a person has to weigh the words.
    """
    row = lifecycle.locked(letter)
    if row.state not in IN_DISCUSSION:
        raise NotNow(f"The letter is “{row.get_state_display()}”; its text can no longer change.")
    if not comment.proposed:
        raise NotNow("This comment proposes no words.")
    base = row.versions.filter(circulated_at=None).first() or row.on_the_table
    there = next((part for part in base.parts if part.id == comment.block), None)
    if there is None or there.text != comment.quote:
        raise NotNow(f"{comment.place.capitalize()} reads otherwise by now; put the words in by hand in Word.")
    try:
        text = markdown(with_words(base.parts, comment.block, comment.proposed))
    except NoSuchBlock as error:
        raise NotNow(str(error)) from error
    upload = Upload(f"version-{row.on_the_table.number + 1}-edited.md", text.encode())
    row.versions.filter(circulated_at=None).delete()
    return store(row, read(upload.data, name=upload.name), upload, by=by, now=now)
