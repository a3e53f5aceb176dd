"""A person of the staff, who opens pages and sends their forms as a browser does, and knows what was answered."""

from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from deploy.stack.layout import PERSON, Layout
from deploy.stack.one_time_code import code
from tests.opened_form import opened

LOGIN = "/verwaltung/konto/login/"
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    """What came back. Without an answer its status is NO_ANSWER."""

    status: int
    location: str = ""
    text: str = ""


@dataclass
class Staff:
    """Somebody who is logged in. `origin` can be changed: the session is the same on each application server."""

    origin: str
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def logged_in(cls, layout: Layout) -> "Staff":
        """With password and second factor, through nginx."""
        staff = cls(layout.url)
        asked = staff.send(LOGIN, login=PERSON, password=layout.secrets.person)
        assert "/2fa/" in asked.location, asked
        entered = staff.send(asked.location, code=code(layout.secrets.second_factor))
        assert entered.status == 302, entered
        return staff

    def at(self, origin: str) -> "Staff":
        """The same person, with the same session, at another server."""
        return Staff(origin, dict(self.cookies))

    def get(self, address: str) -> Answer:
        """The page of an address below /verwaltung/."""
        return self._ask("GET", address, None)

    def send(self, address: str, **typed: str) -> Answer:
        """The answer to a page's form, opened and sent with what is typed into it; that to the page, where that could
        not be opened."""
        page = self.get(address)
        if page.status != 200:
            return page
        return self._ask("POST", address, urlencode({**opened(page.text), **typed}))

    def _ask(self, method: str, address: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        connection = HTTPConnection(urlsplit(self.origin).netloc, timeout=60)
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, HTTPException):
            return Answer(NO_ANSWER)
        finally:
            connection.close()
        self._keep_cookies(response)
        return Answer(response.status, response.headers.get("Location", ""), text)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
