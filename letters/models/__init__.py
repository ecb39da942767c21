"""The nouns: fields, constraints, querysets and read-only properties; verbs are in the steps."""

from letters.models.approval import Approval
from letters.models.arrival import Arrival, ArrivalState, KnownHeadings
from letters.models.call import Call
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
from letters.models.journal import Journal, JournalContact
from letters.models.journal_rule import JournalCorrection, JournalRule
from letters.models.late import LateCall
from letters.models.letter import Letter, OfficersAsked, Order, State
from letters.models.link import Link
from letters.models.mail import Mail, MailKind, MailState
from letters.models.officer import Officer, Role
from letters.models.picture import Picture
from letters.models.report import Report
from letters.models.round import DRAFTED, Round, RoundState
from letters.models.saved_view import SavedView
from letters.models.signature import Signature
from letters.models.society import Society, SocietyKind
from letters.models.society_name import NameKind, SocietyName
from letters.models.submission import Sending, Submission
from letters.models.target import Aim, DateKind, Exact, Target, TargetDate
from letters.models.user import User
from letters.models.version import Change, Version

__all__ = [
    "DRAFTED", "SECOND_THOUGHTS", "WHOLE", "Aim", "Approval", "Arrival", "ArrivalState", "Call", "Change", "Code",
    "Comment", "Confirmation", "Coordinator", "DateKind", "Disposition", "Document", "Domain", "Edition", "Event",
    "Exact", "Invitation", "Job", "JobState", "Journal", "JournalContact", "JournalCorrection", "JournalRule",
    "KnownHeadings", "LateCall", "Letter", "Link", "Mail", "MailKind", "MailState", "NameKind", "Officer",
    "OfficersAsked", "Order", "Picture", "Report", "Response", "Role", "Round", "RoundState", "SavedView",
    "Sending", "Signature", "Society", "SocietyKind", "SocietyName", "State", "Submission", "Target", "TargetDate",
    "TeamRole", "User", "Version", "Way", "database_now",
]  # fmt: skip
