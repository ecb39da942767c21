"""The pages with which a request to sign is answered: the check page, and each way in which it cannot be."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from letters import freshness
from letters.models import Document, Link, Signature, User, database_now
from letters.models.document import Kind
from letters.presence.codes import just_used
from letters.sign import responses
from letters.sign.actions import Consent, SignedAlready
from letters.sign.forms import SignForm
from letters.sign.guard import closed_sentence
from letters.sign.response_form import RespondForm
from letters.sign.statement import statement
from letters.text.diff import redline


def offer_passkey(request: HttpRequest, signature: Signature) -> bool:
    """True for who signed this, is signed in here and has no passkey yet."""
    user = request.user
    if not isinstance(user, User) or signature.officer.user_id != user.pk:
        return False
    return not freshness.has_key(user, (Authenticator.Type.WEBAUTHN,))


def consent_of(form: SignForm) -> Consent:
    """What the officer confirmed, from a valid form; a file of the decision is kept at once."""
    values, data = form.cleaned_data, form.cleaned_data["mandate_file"]
    file = Document.objects.keep(data, kind=Kind.MANDATE, edition=None, now=database_now()) if data else None
    return Consent(
        content_hash=values["content_hash"], printed_name=values["printed_name"], office=values["office"],
        mandate_body=values["mandate_body"], mandate_date=values["mandate_date"],
        mandate_minute=values["mandate_minute"], mandate_file=file, interests=values["interests"],
        statement_hash=values["statement_hash"],
        logo=values["shown_logo"] if values.get("logo") else "",
    )  # fmt: skip


def standing(link: Link) -> Signature | None:
    """The live signature in the place of `link`, perhaps under an earlier version."""
    return Signature.objects.filter(invitation=link.invitation, slot=link.slot).live().first()


def check_page(request: HttpRequest, link: Link, form: SignForm) -> HttpResponse:
    """What will be signed, by whom and what becomes public; shows another page while nobody can sign."""
    letter = link.invitation.letter
    if link.invitation.open_until(database_now()) is None:
        return not_now(request, link, closed_sentence(letter))
    version = letter.on_the_table
    if form.is_bound and form["content_hash"].value() != version.content_hash:
        return moved_page(request, link, form.data.get("number", ""))
    context = {
        "letter": letter, "link": link, "form": form, "version": version,
        "statement": statement(link.invitation, version),
    }  # fmt: skip
    return render(request, "letters/sign/sign.html", context, status=422 if form.errors else 200)


def respond_page(request: HttpRequest, link: Link, form: RespondForm) -> HttpResponse:
    """What a society can say short of signing; shows another page once nothing can be said any more."""
    letter = link.invitation.letter
    if letter.state not in responses.ANSWERABLE:
        return not_now(request, link, closed_sentence(letter))
    context = {"letter": letter, "link": link, "form": form}
    return render(request, "letters/sign/respond.html", context, status=422 if form.errors else 200)


def moved_page(request: HttpRequest, link: Link, number: object) -> HttpResponse:
    """409: another version is on the table; shows what changed since the one that was read."""
    letter = link.invitation.letter
    new = letter.on_the_table
    text = str(number)
    old = letter.versions.filter(number=text).first() if text.isascii() and text.isdecimal() else None
    changes = redline(old.parts, new.parts) if old and old.pk != new.pk else None
    context = {"letter": letter, "link": link, "old": old, "new": new, "changes": changes}
    return render(request, "letters/sign/moved.html", context, status=409)


def signed_already(request: HttpRequest, link: Link, error: SignedAlready) -> HttpResponse:
    """To the receipt for whoever signed it; for a colleague a page that names who did."""
    if error.signature.officer_id == link.officer_id:
        return redirect("sign:receipt", slug=link.invitation.letter.slug, receipt_no=error.signature.receipt_no)
    context = {
        "letter": link.invitation.letter,
        "link": link,
        "signature": error.signature,
        "sentence": str(error),
    }
    return render(request, "letters/sign/signed_already.html", context, status=409)


def second_click(request: HttpRequest, link: Link, digits: str) -> HttpResponse | None:
    """Where the first click led, when these digits were just used up by it; None for any other code."""
    if not just_used(link, digits, now=database_now()):
        return None
    signature = Signature.objects.filter(invitation=link.invitation, slot=link.slot, officer=link.officer).live().last()
    slug = link.invitation.letter.slug
    if signature is None:  # the first click is still being answered; the letter tells how things stand
        return redirect("review:letter", slug=slug)
    return redirect("sign:receipt", slug=slug, receipt_no=signature.receipt_no)


def answered(request: HttpRequest, link: Link, form: RespondForm) -> HttpResponse:
    """Do what a valid form says and go back to the letter, or to the person's own page where the link ended."""
    if form.colleague:
        passed = responses.pass_on(by=link, to=form.colleague)
        messages.success(request, f"Passed on to {passed.officer}, who gets a mail. Your own link stopped working.")
        return redirect("record:me")
    responses.respond(by=link, answer=form.answer)
    messages.success(request, "Your answer is recorded. You can change it until the close.")
    return redirect("review:letter", slug=link.invitation.letter.slug)


def not_now(request: HttpRequest, link: Link, sentence: str) -> HttpResponse:
    """409 with the reason; on a plain visit the reason goes to the letter's page."""
    if request.method != "POST":
        messages.warning(request, sentence)
        return redirect("review:letter", slug=link.invitation.letter.slug)
    context = {"letter": link.invitation.letter, "link": link, "sentence": sentence}
    return render(request, "letters/sign/not_now.html", context, status=409)
