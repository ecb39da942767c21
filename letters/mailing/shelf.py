"""The messages of a letter as the outbox lists them."""

from letters.models import Letter, Mail, MailKind, MailState


def mails(letter: Letter) -> list[Mail]:
    """Every message of the letter but codes that arrived; what needs a look first."""
    trouble = {MailState.FAILED: 0, MailState.UNKNOWN: 1, MailState.QUEUED: 2, MailState.SENT: 3}
    rows = letter.mails.exclude(kind=MailKind.CODE, state=MailState.SENT)
    return sorted(rows, key=lambda mail: trouble[MailState(mail.state)])
