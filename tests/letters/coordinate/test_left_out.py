"""Rows that are not imported: mended on the page, or in their file and brought in again."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from letters.models import Invitation, Link
from tests import factories
from tests.letters.coordinate.arriving import address, bring, counts, upload

pytestmark = pytest.mark.django_db


def test_a_bad_address_is_mended_on_the_page(desk):
    letter = factories.reviewed()
    broken = factories.SOCIETIES.replace("carol@sud.example", "carol at sud").replace("sato@jsc.example", "")
    answer, arrival = bring(desk, letter, file=upload(broken))
    assert counts(answer) == {"address": 2, "new": 2}
    assert "Row 4: “carol at sud” is not an e-mail address." in answer.content.decode()
    desk.post(address(letter, arrival, "write"), {"email-4": "Carol@sud.example", "email-5": ""})
    assert Link.objects.filter(officer__user__email="carol@sud.example").exists()
    assert Link.objects.count() == 3


def test_what_is_left_out_is_mended_in_its_file_and_imported_again(desk):
    letter = factories.reviewed()
    text = factories.SOCIETIES.replace("bob@north", "=bob@north").replace("Erin Eames", "=Erin Eames")
    text = text.replace("erin@", "erin at ")
    _, arrival = bring(desk, letter, file=upload(text))
    desk.post(address(letter, arrival, "write"))
    assert Link.objects.count() == 3  # “=bob@north.example” is an address by RFC 5321
    left = desk.get(address(letter, arrival, "left-out/csv"))
    rows = list(csv.reader(io.StringIO(left.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Why this row was left out", "society"]
    assert rows[1][0].startswith("Row 3: “erin at north.example” is not an e-mail address.")
    assert "'=Erin Eames" in rows[1]
    mended = left.content.replace(b"erin at ", b"erin@")
    answer, arrival = bring(desk, letter, file=SimpleUploadedFile("mended.csv", mended))
    assert counts(answer) == {"matched": 1}
    desk.post(address(letter, arrival, "write"))
    assert Link.objects.get(officer__user__email="erin@north.example").officer.printed_name == "=Erin Eames"


def test_a_list_without_addresses_gives_a_file_to_fill_in(desk, inputs):
    letter = factories.reviewed(officers_asked="each")
    data = (inputs / "presidents-statement-signers.csv").read_bytes()
    answer, arrival = bring(desk, letter, file=SimpleUploadedFile("signers.csv", data))
    assert "What do the columns hold?" in answer.content.decode()
    said = ["society", "short_name", "contact_name", "credentials", "office"]
    said = {f"column-{at}": word for at, word in enumerate(said)} | {"encoding": "utf-8"}
    answer = desk.post(address(letter, arrival, "columns"), said, follow=True)
    assert counts(answer) == {"address": 3}
    sheet = load_workbook(io.BytesIO(desk.get(address(letter, arrival, "left-out/xlsx")).content)).active
    assert [cell.value for cell in sheet[1]][-1] == "E-mail"
    typed = {f"email-{row}": f"{name}@painmed.example" for row, name in ((2, "a"), (3, "b"), (4, "c"))}
    desk.post(address(letter, arrival, "write"), typed)
    assert list(Link.objects.order_by("slot").values_list("officer__office", "slot")) == [
        ("President", 1), ("President-Elect", 2), ("Immediate Past President", 3),
    ]  # fmt: skip
    assert Invitation.objects.get().slots == 3


def test_real_societies_without_officers_wait_for_their_people(desk, inputs):
    letter = factories.reviewed()
    data = (inputs / "societies-real.csv").read_bytes()
    _, arrival = bring(desk, letter, file=SimpleUploadedFile("societies-real.csv", data))
    said = dict.fromkeys([f"column-{at}" for at in range(6)], "") | {"column-0": "society", "encoding": "utf-8"}
    answer = desk.post(address(letter, arrival, "columns"), said, follow=True)
    assert counts(answer) == {"refused": 29}
    left = desk.get(address(letter, arrival, "left-out/csv")).content.decode("utf-8-sig")
    assert left.splitlines()[0].endswith("source,Officer’s name,Office,E-mail")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_and_its_example_is_never_written(desk, kind):
    letter = factories.reviewed()
    template = desk.get(f"/manage/{letter.slug}/societies/template/{kind}")
    assert f'filename="societies-template.{kind}"' in template["Content-Disposition"]
    answer, arrival = bring(desk, letter, file=SimpleUploadedFile(f"t.{kind}", template.content))
    assert counts(answer) == {"refused": 1}
    assert "is the example of the template" in answer.content.decode()
    desk.post(address(letter, arrival, "write"))
    assert Link.objects.count() == 0


@pytest.mark.parametrize("path", ["societies/template/pdf", "arrivals/{pk}/left-out/pdf"])
def test_another_kind_of_file_is_404(desk, path):
    letter = factories.reviewed()
    _, arrival = bring(desk, letter, file=upload(factories.SOCIETIES))
    assert desk.get(f"/manage/{letter.slug}/{path.format(pk=arrival.pk)}").status_code == 404
