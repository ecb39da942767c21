"""The child process: it reaches for nothing, and reports what it could not draw."""

import http.server
import io
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from letters.render.order import Facts, Order
from letters.render.pdf import Unprintable, printed
from tests.beside import running

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


def order(body: str, head: str = "") -> Order:
    page = f"<html lang=en><head><title>t</title>{head}</head><body style='font-family: Source Serif 4'>{body}</body>"
    facts = Facts(identifier="x", language="en", date="2025-03-18")
    return Order(page, datetime(2025, 3, 18, tzinfo=UTC), facts)


@pytest.fixture(scope="module")
def canary():
    """The address of a server on this host, and the list of what was asked of it."""
    asked = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}", asked


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img src="{url}/image.png" alt="x">'),
        ("", '<img src="{file}" alt="x">'),
        ('<link rel="stylesheet" href="{file}">', ""),
        ('<style>@import url("{url}/style.css");</style>', ""),
        (
            '<style>@font-face {{ font-family: F; src: url("{url}/font.ttf") }}</style>',
            "<p style='font-family:F'>x",
        ),
        ('<link rel="attachment" href="{file}">', ""),
        ("", '<p><a rel="attachment" href="{file}">x</a>'),
        ("", '<p style="background: url({url}/back.png)">x'),
        ("", '<svg xmlns="http://www.w3.org/2000/svg"><image href="{file}" width="9" height="9"/></svg>'),
        ("", '<object data="{url}/o.svg">x</object>'),
    ],
)
def test_press_reaches_for_nothing_outside_the_page(canary, tmp_path, head, body):
    url, asked = canary
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    places = {"url": url, "file": secret.as_uri()}
    with pytest.raises(Unprintable, match="nothing from outside it may be printed"):
        printed(order(body.format(**places), head.format(**places)))
    assert asked == []


def test_press_reports_a_glyph_it_lacks():
    with pytest.raises(Unprintable, match=r"no sign for “ก” \(U\+0E01\)"):
        printed(order("<p>ก</p>"))


def test_press_uses_no_font_of_the_host():
    pdf = pikepdf.open(io.BytesIO(printed(order("<p style='font-family: DejaVu Sans, serif'>plain</p>"))))
    names = {str(item.BaseFont) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item}
    assert len(names) == 1
    assert "DejaVu" not in names.pop()


def test_press_alone_knows_weasyprint_and_the_typesetter_its_fonts():
    modules = [*(ROOT / "letters").rglob("*.py"), *(ROOT / "signon").rglob("*.py")]
    knowing = [file for file in modules if re.search(r"(?m)^(import|from) weasyprint", file.read_text("utf-8"))]
    assert [str(file.relative_to(ROOT)) for file in sorted(knowing)] == [
        f"letters/render/{name}.py" for name in ("annexfonts", "press", "style", "typeset")
    ]


def test_press_needs_no_django():
    code = "import sys, letters.render.press; print([name for name in sys.modules if name.startswith('django')])"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
