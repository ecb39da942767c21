"""The nouns: fields, constraints, querysets and read-only properties; verbs are in the steps."""

from letters.models.approval import Approval
from letters.models.clock import database_now
from letters.models.code import Code
from letters.models.comment import SECOND_THOUGHTS, WHOLE, Comment, Disposition
from letters.models.confirmation import Confirmation, Way
from letters.models.coordinator import Coordinator, TeamRole
from letters.models.document import Document
from letters.models.domain import Domain
from letters.models.edition import Edition
from letters.models.event import Event
from letters.models.invitation import Invitation, Response
from letters.models.job import Job, JobState
from letters.models.journal import Journal
from letters.models.late import LateCall
from letters.models.letter import Letter, OfficersAsked, Order, State
from letters.models.link import Link
from letters.models.mail import Mail, MailKind, MailState
from letters.models.officer import Officer, Role
from letters.models.signature import Signature
from letters.models.society import Society
from letters.models.society_name import NameKind, SocietyName
from letters.models.submission import Sending, Submission
from letters.models.user import User
from letters.models.version import Change, Version

__all__ = [
    "SECOND_THOUGHTS", "WHOLE", "Approval", "Change", "Code", "Comment", "Confirmation", "Coordinator", "Disposition",
    "Document", "Domain", "Edition", "Event", "Invitation", "Job", "JobState", "Journal", "LateCall", "Letter", "Link",
    "Mail", "MailKind", "MailState", "NameKind", "Officer", "OfficersAsked", "Order", "Response", "Role", "Sending",
    "Signature", "Society", "SocietyName", "State", "Submission", "TeamRole", "User", "Version", "Way", "database_now",
]  # fmt: skip
