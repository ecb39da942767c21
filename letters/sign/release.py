"""The rule of two people: an approver releases a version for the society, then a signer signs it."""

from letters.lifecycle import NotNow
from letters.models import Approval, Link, Version


def released(by: Link, version: Version) -> Approval:
    """The release a signature needs where the society asks for two people; the letter is locked.

    Raises NotNow when it is still missing or was given by the signer.
    """
    words = Approval.objects.live().filter(invitation=by.invitation_id, version=version)
    approval = words.select_related("officer").first()
    if approval is None:
        raise NotNow(waiting_sentence(by, version))
    if approval.declined:
        raise NotNow(f"{approval.printed_name}, {approval.office}, did not release version {version.number}.")
    if approval.officer.user_id == by.officer.user_id:
        raise NotNow(f"You released version {version.number} yourself; another officer of your society must sign it.")
    return approval


def waiting_sentence(by: Link, version: Version) -> str:
    """Whom the signer waits for, in one sentence."""
    links = Link.objects.live().filter(invitation=by.invitation_id, officer__role="approver")
    names = " or ".join(str(link.officer) for link in links.select_related("officer").order_by("pk"))
    who = names or "An approver, whom the coordinator has still to name,"
    return f"Your society signs with two people: {who} must release version {version.number} before you sign it."
