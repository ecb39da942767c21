"""The nouns: fields, constraints, querysets and read-only properties; verbs are in the steps."""

from letters.models.approval import Approval
from letters.models.arrival import Arrival, ArrivalState, KnownHeadings
from letters.models.call import Call
from letters.models.claim import Claim, ClaimAnswer, Finding
from letters.models.clock import database_now
from letters.models.code import Code
from letters.models.comment import SECOND_THOUGHTS, WHOLE, Comment, Disposition
from letters.models.confirmation import Confirmation, Way
from letters.models.coordinator import Coordinator, TeamRole
from letters.models.correspondence import Attachment, Automatic, Came, Correspondence, Outcome, Stray
from letters.models.document import Document
from letters.models.domain import Domain
from letters.models.due import Due, DueStep
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
from letters.models.roster import RosterRecord
from letters.models.round import DRAFTED, Round, RoundState
from letters.models.saved_view import SavedView
from letters.models.signature import Signature
from letters.models.society import Society, SocietyKind
from letters.models.society_name import NameKind, SocietyName
from letters.models.submission import (
    BEFORE_SENDING,
    Contributor,
    Part,
    Permission,
    Sending,
    Submission,
)
from letters.models.summary import Delegation, Summary, SummaryApproval, SummaryVersion
from letters.models.target import Aim, DateKind, Exact, Target, TargetDate
from letters.models.user import User
from letters.models.version import Change, Version

__all__ = [
    "BEFORE_SENDING", "DRAFTED", "SECOND_THOUGHTS", "WHOLE", "Aim", "Approval", "Arrival", "ArrivalState", "Attachment",
    "Automatic", "Call",
    "Came", "Change", "Claim", "ClaimAnswer", "Code", "Comment", "Confirmation", "Contributor", "Coordinator",
    "Correspondence", "DateKind", "Delegation", "Disposition", "Document", "Domain", "Due", "DueStep", "Edition",
    "Event", "Exact", "Finding", "Invitation", "Job", "JobState", "Journal", "JournalContact", "JournalCorrection",
    "JournalRule", "KnownHeadings", "LateCall", "Letter", "Link", "Mail", "MailKind", "MailState", "NameKind",
    "Officer", "OfficersAsked", "Order", "Outcome", "Part", "Permission", "Picture", "Report", "Response", "Role",
    "RosterRecord", "Round", "RoundState", "SavedView", "Sending", "Signature", "Society", "SocietyKind", "SocietyName",
    "State", "Stray", "Submission", "Summary", "SummaryApproval", "SummaryVersion", "Target", "TargetDate", "TeamRole",
    "User", "Version", "Way", "database_now",
]  # fmt: skip
