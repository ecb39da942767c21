"""One person at a browser: walks by what is written on the page, counts clicks, notes what a page does wrong."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, ViewportSize

from tests.journeys.site import Site

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
SIZES = (PHONE, DESK)

# A blocked script or style is reported where the other faults are collected.
WATCH = """addEventListener("securitypolicyviolation",
    (event) => console.error(`Blocked by policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""
# Best practices and WCAG 2.2 AA; the size of targets is the one rule of these that axe leaves off.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Who walks on does not wait for typefaces; look() does.
READ = "domcontentloaded"
axe = Axe()


class Visitor:
    """A browser context of its own; `clicks` counts opened links and pressed controls, never typing."""

    def __init__(
        self, browser: Browser, site: Site, size: ViewportSize, *, scripts: bool = True, scheme: str = "light",
        zone: str | None = None,
    ):  # fmt: skip
        self.site = site
        self.sizes = (size,)
        self.scripts = scripts
        self.scheme = scheme
        self.clicks = 0
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport=size,
            java_script_enabled=scripts,
            color_scheme=scheme,
            base_url=site.url,
            locale="en-GB",
            timezone_id=zone,
        )
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(WATCH)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.faults.append(f"Script error: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)
        self.page: Page = self.context.new_page()

    # ---- walking

    def open(self, address: str, status: int = 200) -> None:
        """Follow a link from outside, or type an address."""
        self.clicks += 1
        answer = self.page.goto(address, wait_until=READ)
        assert answer is not None
        assert answer.status == status, f"{address} answered {answer.status}, not {status}"

    def control(self, name: str) -> Locator:
        """The one button or link on the page that is called `name`, or begins so."""
        called = re.compile(rf"^{re.escape(name)}")
        return self.page.get_by_role("button", name=called).or_(self.page.get_by_role("link", name=called)).first

    def press(self, name: str, status: int = 200) -> None:
        """Press a button or follow a link and wait for the next page."""
        self.clicks += 1
        with self.page.expect_navigation(wait_until=READ) as change:
            self.control(name).click()
        assert change.value is not None
        assert change.value.status == status, f"“{name}” answered {change.value.status}, not {status}"

    def save(self, name: str) -> bytes:
        """Press what downloads a file and return its bytes."""
        self.clicks += 1
        with self.page.expect_download() as download:
            self.control(name).click()
        return Path(download.value.path()).read_bytes()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label).fill(value)

    def choose(self, label: str) -> None:
        """Press the radio button or tick box with this label."""
        self.clicks += 1
        self.page.get_by_label(label, exact=True).check()

    def attach(self, label: str, name: str, data: bytes) -> None:
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.get_by_label(label).set_input_files([file])

    # ---- looking

    def text(self, selector: str = "#content") -> str:
        """What is written there, blanks folded."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def texts(self, selector: str) -> list[str]:
        """What is written in each of them, blanks folded."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def heading(self) -> str:
        """The one heading of first rank."""
        return " ".join(self.page.get_by_role("heading", level=1).inner_text().split())

    def path(self) -> str:
        """Where the browser stands, below the site's address."""
        return self.page.url.removeprefix(self.site.url)

    def look(self, screen: str) -> None:
        """Check the page at each size: no fault so far, no sideways scroll, no violation; keep its picture."""
        self.page.wait_for_load_state("load")
        for size in self.sizes:
            if len(self.sizes) > 1:
                self.page.set_viewport_size(size)
            self._look(f"{size['width']}-{screen}")
        assert self.faults == [], f"{screen}: {self.faults}"

    def _look(self, name: str) -> None:
        wide, seen = self.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        assert wide <= seen, f"{name} is {wide} px wide in a window of {seen} px: {self._widest()}"
        if self.scripts:
            self.page.evaluate("document.fonts.ready.then(() => 0)")
            found = axe.run(self.page, options=RULES)
            assert found.violations_count == 0, f"{name} ({self.scheme}): {found.generate_report()}"
        folder = os.environ.get("SIGNON_SHOTS")
        if folder and self.scripts:
            suffix = "" if self.scheme == "light" else f"-{self.scheme}"
            self.page.screenshot(path=Path(folder) / f"{name}{suffix}.png", full_page=True, caret="initial")

    def _widest(self) -> str:
        return str(
            self.page.evaluate(
                "[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
                ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
            )
        )

    # ---- noting

    def _said(self, message: ConsoleMessage) -> None:
        # The status of an answer is judged where the answer comes in.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded"):
            self.faults.append(f"Console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.url}/", "data:", "blob:")):
            self.faults.append(f"Request to elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # Downloads end the navigation that began them, and navigations what their page still loads.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"Failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= (500 if response.request.is_navigation_request() else 400):
            self.faults.append(f"{response.status}: {response.url}")
