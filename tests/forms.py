"""Every form that a page shows, read from the page itself, and the page that answers bad input."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

BUTTONS = {"submit", "button", "reset", "image"}
OURS = {"csrfmiddlewaretoken", "once", "submission"}  # what the page puts in by itself


@dataclass
class Control:
    """One name of a form, with what is chosen or written in it as the page stands."""

    name: str
    kind: str  # text, textarea, number, date, email, password, file, hidden, select, radio, checkbox
    ids: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    is_required: bool = False

    @property
    def is_choice(self) -> bool:
        return self.kind in ("select", "radio", "checkbox")

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "textarea", "email", "search")

    @property
    def is_filled_in(self) -> bool:
        """By a person: not by the page, and not by a file dialogue."""
        return self.kind not in ("hidden", "file") and self.name not in OURS


@dataclass
class PageForm:
    action: str  # path and query
    method: str
    controls: dict[str, Control] = field(default_factory=dict)

    @property
    def filled_in(self) -> list[Control]:
        return [one for one in self.controls.values() if one.is_filled_in]


class Page(HTMLParser):
    """A page's forms, links and error summary. Stands on the standard library's parser, as the pages are ours."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.summary: dict[str, str] | None = None  # address of a field → what is said of it
        self.said = ""  # the whole text of the summary
        self.summary_takes_focus = False
        self._form: PageForm | None = None
        self._select = self._area = None
        self._depth = 0  # inside the summary
        self._href = ""
        self._required_group = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._depth:
            self._depth += tag == "div"
        if tag == "div" and given.get("id") == "errors":
            self._depth, self.summary = 1, {}
            self.summary_takes_focus = "autofocus" in given and given.get("tabindex") == "-1"
        if tag == "a":
            self.links.append(given.get("href", ""))
            self._href = given.get("href", "")
        if tag == "form":
            self._form = PageForm(urljoin(self.path, given.get("action", "")), given.get("method", "get"))
            if self._form.method == "post":
                self.forms.append(self._form)
        if tag == "fieldset":
            self._required_group = given.get("aria-required") == "true"
        if self._form is not None and given.get("name"):
            self._take(tag, given)
        if tag == "option" and self._select is not None:
            self._select.offered.append(given.get("value", ""))
            if "selected" in given:
                self._select.values.append(given.get("value", ""))

    def _take(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if tag == "button" or kind in BUTTONS or tag not in ("input", "select", "textarea"):
            return
        assert self._form is not None
        control = self._form.controls.setdefault(given["name"], Control(given["name"], kind))
        control.ids.append(given.get("id", ""))
        control.is_required |= given.get("aria-required") == "true" or (
            kind in ("radio", "checkbox") and self._required_group
        )
        if kind in ("radio", "checkbox"):
            control.offered.append(given.get("value", "on"))
            if "checked" in given:
                control.values.append(given.get("value", "on"))
        elif tag == "select":
            self._select = control
        elif tag == "textarea":
            self._area = control
            control.values.append("")
        else:
            control.values.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.values[-1] += data
        if self._depth:
            self.said += data
            if self._href and self.summary is not None:
                self.summary[self._href] = self.summary.get(self._href, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.values[-1] = self._area.values[-1].removeprefix("\n")
            self._area = None
        elif tag == "fieldset":
            self._required_group = False
        elif tag == "a":
            self._href = ""
        elif tag == "div" and self._depth:
            self._depth -= 1

    def form_like(self, sought: PageForm) -> PageForm | None:
        """The same form on this page."""
        names = set(sought.controls) - OURS
        alike = [one for one in self.forms if names <= set(one.controls)]
        return next((one for one in alike if one.action == sought.action), None)

    def inner_links(self) -> Iterator[str]:
        for link in self.links:
            address = urljoin(self.path, link).split("#")[0]
            if not urlsplit(address).netloc:
                yield address
