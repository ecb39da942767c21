"""Constraints the database holds by itself, and rows that are written once."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.models import (
    Document,
    Event,
    Invitation,
    Job,
    Letter,
    Link,
    Mail,
    Signature,
    Society,
    State,
    User,
    Version,
    database_now,
)
from letters.models.version import Frozen
from letters.presence.codes import send_code
from tests import factories

pytestmark = pytest.mark.django_db


def refused(act) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_versions_signatures_and_events_cannot_be_saved_again():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    for row in (Version.objects.get(), Signature.objects.get(), Event.objects.first()):
        with pytest.raises(Frozen, match="written once"):
            row.save()


def test_one_live_signature_per_society_and_slot():
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "bob")
    values = {field.attname: getattr(signature, field.attname) for field in Signature._meta.fields}
    values |= {"id": None, "receipt_no": "OTHER"}
    refused(lambda: Signature(**values).save())
    Signature.objects.filter(pk=signature.pk).update(withdrawn_at=database_now())
    Signature(**values).save()
    assert Signature.objects.live().count() == 1


def test_a_date_minute_or_file_of_a_decision_needs_the_body_that_decided():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    Signature.objects.update(mandate_body="")
    refused(lambda: Signature.objects.update(mandate_minute="7/2026"))
    refused(lambda: Signature.objects.update(mandate_date=datetime.date(2026, 1, 1)))
    refused(lambda: Signature.objects.update(mandate_file=Document.objects.first()))
    assert Signature.objects.update(mandate_body="Board", mandate_minute="7/2026") == 1


def test_a_person_has_one_row_whatever_the_capitals():
    factories.dan()
    refused(lambda: User.objects.bulk_create([User(email="DAN@Else.example")]))


def test_a_society_has_one_row_per_name_and_country():
    Society.objects.create(official_name="Society of  Café Research", country="FR")
    refused(lambda: Society.objects.create(official_name="society of café research", country="FR"))
    Society.objects.create(official_name="Society of Café Research", country="BE")


def test_a_letter_has_a_known_state_and_past_draft_a_version():
    letter = factories.drafted()
    refused(lambda: Letter.objects.filter(pk=letter.pk).update(state="done"))
    refused(lambda: Letter.objects.filter(pk=letter.pk).update(state=State.REVIEW))


def test_a_letter_in_signing_has_a_deadline_and_a_published_one_a_time():
    letter = factories.signing_open()
    refused(lambda: Letter.objects.filter(pk=letter.pk).update(deadline=None))
    refused(lambda: Letter.objects.filter(pk=letter.pk).update(state=State.PUBLISHED))


def test_one_unpublished_version_per_letter():
    letter = factories.signing_open()
    Version.objects.update(circulated_at=None)
    version = Version.objects.get()
    values = {field.attname: getattr(version, field.attname) for field in Version._meta.fields}
    refused(lambda: Version(**(values | {"id": None, "number": 2})).save())
    assert letter.versions.count() == 1


def test_one_invitation_per_society_and_one_live_link_per_officer():
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    refused(lambda: Invitation.objects.create(letter=letter, society=link.invitation.society, position=99))
    refused(lambda: Link.objects.create(invitation=link.invitation, officer=link.officer, created_at=database_now()))


def test_a_response_has_a_time_and_a_person():
    factories.signing_open()
    refused(lambda: Invitation.objects.update(response="declined"))


def test_the_chain_of_events_does_not_fork():
    letter = factories.drafted()
    Event.objects.append(letter, "one", actor="system", by=None, at=database_now())
    stale = Letter.objects.get(pk=letter.pk)
    Event.objects.append(letter, "two", actor="system", by=None, at=database_now())
    refused(lambda: Event.objects.append(stale, "fork", actor="system", by=None, at=database_now()))


def test_a_running_job_has_a_lease():
    Job.objects.create(kind="mail", subject=1, key="mail:1", run_after=database_now(), created_at=database_now())
    refused(lambda: Job.objects.update(state="running"))


def test_a_seat_counts_only_in_its_time_and_only_for_signers():
    letter = factories.signing_open()
    officer = factories.link_of(letter, "bob").officer
    day = datetime.date(2026, 11, 22)
    assert officer.may_sign_on(day) is True
    officer.until = day - datetime.timedelta(days=1)
    assert officer.may_sign_on(day) is False
    officer.until, officer.since = None, day + datetime.timedelta(days=1)
    assert officer.may_sign_on(day) is False
    officer.since, officer.role = None, "reviewer"
    assert officer.may_sign_on(day) is False


def test_no_row_holds_the_secret_of_a_link_or_a_code():
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    code = send_code(link, now=database_now())
    stored = [str(row) for model in (Link, type(code), Mail) for row in model.objects.values()]
    assert not any(link.token in row for row in stored)
    assert not any(f"'{code.digits}'" in row or f" {code.digits}" in row for row in stored)
