"""What is found out about the sender's domain, asked of a name server that is really there."""

import socketserver

import dns.message
import dns.resolver
import dns.rrset
import pytest
from django.core.management import CommandError, call_command

from letters.notify import sender
from tests.beside import running

ZONE = {
    "good.example": ["v=spf1 mx -all", "some other text"],
    "s1._domainkey.good.example": ["v=DKIM1; k=rsa; p=MIGfMA0"],
    "old._domainkey.good.example": ["v=DKIM1; p="],
    "_dmarc.good.example": ["v=DMARC1; p=reject; rua=mailto:x@good.example"],
    "lax.example": ["v=spf1 +all"],
    "_dmarc.lax.example": ["v=DMARC1; p=none"],
    "twice.example": ["v=spf1 -all", "v=spf1 mx -all"],
}


class Answers(socketserver.BaseRequestHandler):
    """Answers TXT questions from ZONE over UDP; anything else does not exist."""

    def handle(self) -> None:
        data, line = self.request
        question = dns.message.from_wire(data)
        answer = dns.message.make_response(question)
        name = question.question[0].name
        found = ZONE.get(name.to_text(omit_final_dot=True))
        if found is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *(f'"{text}"' for text in found)))
        line.sendto(answer.to_wire(), self.client_address)


@pytest.fixture(scope="module")
def resolver():
    server = socketserver.UDPServer(("127.0.0.1", 0), Answers)
    with running(server):
        asked = dns.resolver.Resolver(configure=False)
        asked.nameservers, asked.port = ["127.0.0.1"], server.server_address[1]
        yield asked


def states(domain: str, selectors: list[str], resolver) -> list[str]:
    return [f"{one.state} {one.sentence.partition(':')[0]}" for one in sender.check(domain, selectors, resolver)]


def test_a_domain_in_order(resolver):
    assert states("good.example", ["s1"], resolver) == ["ok SPF", "ok DKIM", "ok DMARC"]


def test_a_domain_below_one_with_a_policy_inherits_it(resolver):
    assert states("mail.good.example", ["s1"], resolver) == ["stop SPF", "stop DKIM", "ok DMARC"]


def test_what_is_lax_or_withdrawn_or_there_twice(resolver):
    assert states("lax.example", [], resolver) == ["warn SPF", "warn DKIM", "warn DMARC"]
    assert states("good.example", ["old", "none"], resolver)[1:3] == ["stop DKIM", "stop DKIM"]
    assert states("twice.example", [], resolver) == ["stop SPF", "warn DKIM", "stop DMARC"]


@pytest.mark.slow
def test_a_name_server_that_is_silent_is_no_verdict(monkeypatch):
    silent = dns.resolver.Resolver(configure=False)
    silent.nameservers, silent.port = ["127.0.0.1"], 9
    monkeypatch.setattr(sender, "PATIENCE", 0.3)
    with pytest.raises(sender.NoResolver):
        sender.check("good.example", [], silent)


def test_mailcheck_says_in_a_sentence_that_nobody_answers(monkeypatch):
    def none_configured() -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", none_configured)
    with pytest.raises(CommandError, match=r"No name server answers here, so nothing is known about signon\.example"):
        call_command("mailcheck")
