"""Stages of a summary, built by the real actions: brought in, published, approved; and a letter of 34 societies."""

import datetime

from letters.coordinate.order import Wish, set_order
from letters.draft import actions as draft
from letters.draft.actions import Upload
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.models import Journal, Letter, Link, Order, Role, Summary, SummaryVersion, database_now
from letters.summarise import actions, words
from letters.summarise.actions import Brought, Naming
from tests import factories, stages

TEXT = """# Summary of the letter on counting

We write for the undersigned societies. The authors counted to nine [1]; many societies count to ten.

We ask for a new count.

Competing interests: all of us count.

[Insert society names]

## References

1. Counting Group. A guideline on counting. J Exempl 2026;1:1-9. doi:10.5555/example.1
"""
DAY = datetime.timedelta(days=1)
LATER = TEXT.replace("We ask for a new count.", "We ask for a new count, to ten.")


def brought(text: str = TEXT, name: str = "summary.md", **more: str) -> Brought:
    """A text as it comes from a form."""
    return Brought(name, text.encode(), **more)


@stages.kept
def letter(*names: str, lead: str = "carol") -> Letter:
    """A letter open for signature that these officers signed, all three societies by default; carol's one leads."""
    opened = factories.signing_open()
    leads(opened, lead)
    factories.signed(opened, *(names or ("bob", "carol", "sato")))
    return factories.fresh(opened)


def leads(opened: Letter, name: str) -> None:
    """The society of this officer leads the letter."""
    wish = Wish(Order.LISTED.value, factories.link_of(opened, name).invitation_id)
    set_order(by=factories.alice(), letter=opened, wish=wish, now=database_now())


def begun(opened: Letter, text: str = TEXT, *, name: str = "Rapid response", journal: Journal | None = None) -> Summary:
    """A summary whose first text waits to be published."""
    return actions.begin(
        by=factories.alice(), letter=opened, brought=brought(text), naming=Naming(name, journal), now=database_now()
    )


@stages.kept
def published(opened: Letter, text: str = TEXT, **naming: object) -> Summary:
    """A summary whose first version is up for approval."""
    return put_out(begun(opened, text, **naming))  # type: ignore[arg-type]


def put_out(summary: Summary, note: str = "Please look at the first sentence.") -> Summary:
    """Publish what waits."""
    waiting = summary.versions.get(circulated_at=None)
    actions.publish(by=factories.alice(), version=waiting, note=note, now=database_now())
    return fresh(summary)


def second_version(summary: Summary, text: str = LATER) -> Summary:
    """The next version, published."""
    actions.add_version(by=factories.alice(), summary=fresh(summary), brought=brought(text), now=database_now())
    return put_out(fresh(summary))


def fresh(summary: Summary) -> Summary:
    """The summary as the database has it now."""
    return Summary.objects.select_related("current", "letter__current", "letter__owner").get(pk=summary.pk)


def version_of(summary: Summary) -> SummaryVersion:
    """The version up for approval."""
    version = fresh(summary).current
    assert version is not None
    return version


def about(summary: Summary, name: str) -> dict[str, object]:
    """What an officer's verb on the version up for approval takes."""
    row = fresh(summary)
    assert row.current is not None
    link = factories.link_of(row.letter, name)
    return {"by": link, "summary": row, "content_hash": row.current.content_hash}


def approve(summary: Summary, *names: str) -> None:
    """These officers approve for their societies."""
    for name in names:
        words.approve(**about(summary, name), presence=factories.presence())  # type: ignore[arg-type]


def refuse(summary: Summary, name: str, reason: str = "") -> None:
    """This officer says no."""
    words.refuse(**about(summary, name), reason=reason, presence=factories.presence())  # type: ignore[arg-type]


def leave(summary: Summary, name: str) -> None:
    """This officer leaves the summaries to the lead society."""
    words.leave(**about(summary, name), presence=factories.presence())  # type: ignore[arg-type]


def made_up(count: int) -> str:
    """A list of so many societies, each with one signer."""
    rows = [f"Society {n:02},S{n:02},GB,Officer {n:02},,President,o{n}@s{n}.example,signer" for n in range(count)]
    return "\n".join(["society,short_name,country,contact_name,credentials,office,email,role", *rows])


@stages.kept
def many(societies: str, upload: Upload | None = None) -> Letter:
    """A letter that all of these societies signed; the first one leads."""
    opened = draft.new_letter(
        by=factories.alice(), upload=upload or factories.upload(), convener="Council of Counting", now=database_now()
    )
    opened = factories.terms(opened)
    first = opened.versions.get(number=1)
    draft.publish(by=factories.alice(), version=first, change="first", note="", now=database_now())
    opened = factories.fresh(opened)
    listing = read_listing(societies.encode(), name="societies.csv")
    import_societies(by=factories.alice(), letter=opened, plan=plan(opened, listing), now=database_now())
    factories.desk.invite(by=factories.alice(), letter=opened, now=database_now())
    opened = factories.fresh(opened)
    links = Link.objects.filter(invitation__letter=opened, officer__role=Role.SIGNER).order_by("invitation__position")
    emails = links.values_list("invitation", "officer__user__email")
    names = [email.partition("@")[0] for email in dict(reversed(emails)).values()][::-1]
    leads(opened, names[0])
    factories.signed(opened, *names)
    return factories.fresh(opened)
