"""A certificate that runs out is said in time, and seals nothing afterwards."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from letters.render.validity import ending, expired
from tests.letters.proof.stamp import certificate_for

END = datetime(2045, 1, 1, tzinfo=UTC)
PEM = certificate_for(ec.generate_private_key(ec.SECP256R1()), "Seal").public_bytes(Encoding.PEM)


def test_certificate_is_mentioned_sixty_days_before_its_end_and_not_earlier():
    assert ending(PEM, END - timedelta(days=60, seconds=1)) == ""
    assert ending(PEM, END - timedelta(days=60)) == (
        "The certificate that seals PDFs runs out on 1 January 2045: have another put in place before that day."
    )


def test_certificate_that_ran_out_seals_nothing():
    assert not expired(PEM, END - timedelta(seconds=1))
    assert expired(PEM, END)
    assert ending(PEM, END).endswith("nothing is sealed until another is in place.")
