"""What the directory sends is believed where it is signed, in date and for this portal; it leads nowhere else."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client, RequestFactory

from accounts.openid import DirectoryProtocol
from tests.accounts.directory_server import UNEXPECTED

KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("own", "other")}
WELL_KNOWN = "/.well-known/openid-configuration"
NOW = int(time.time())


@dataclass
class Answers:
    """A server that answers as it is told, and what it was asked for."""

    url: str
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def configure(self, **changed: Any) -> None:
        addresses = {name: f"{self.url}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
        self.pages[WELL_KNOWN] = {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **addresses, **changed}


@pytest.fixture
def directory(settings: Any) -> Iterator[Answers]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            page = answers.pages.get(self.path)
            self.send_response(302 if isinstance(page, str) else 200 if page else 404)
            if isinstance(page, str):
                self.send_header("Location", page)
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, *_arguments: Any) -> None:
            """Nothing on the console."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers = Answers(f"http://127.0.0.1:{server.server_port}")
    answers.configure()
    public = jwt.algorithms.RSAAlgorithm.to_jwk(KEYS["own"].public_key(), as_dict=True)
    answers.pages["/keys"] = {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}
    app = {"provider_id": "verzeichnis", "name": "Stadt", "client_id": "portal", "secret": "geheim"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**app, "settings": {"server_url": answers.url}}]}
    }
    yield answers
    server.shutdown()
    server.server_close()


def token(
    directory: Answers, *, key: Any = KEYS["own"], algorithm: str = "RS256", kid: str = "1", **changed: Any
) -> str:
    """Who somebody is, as the directory signs it. None takes a claim away."""
    now = int(time.time())
    claims = {"iss": directory.url, "aud": "portal", "sub": "a-1", "iat": now, "exp": now + 60, **changed}
    told = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid})


def decoded(directory: Answers, id_token: str) -> dict[str, Any]:
    protocol = DirectoryProtocol(RequestFactory().get("/"), "verzeichnis")
    return protocol._decode_id_token(protocol.get_provider().app, id_token)


@pytest.mark.django_db
def test_signed_token_is_believed(directory: Answers) -> None:
    assert decoded(directory, token(directory))["sub"] == "a-1"


REFUSED: dict[str, dict[str, Any]] = {
    "not signed": {"algorithm": "none", "key": None},
    "signed with the secret of the client": {
        "algorithm": "HS256",
        "key": "a secret that both of them have, portal and directory",
    },
    "signed with another key": {"key": KEYS["other"]},
    "of an unknown key": {"kid": "2"},
    "of another directory": {"iss": "http://127.0.0.1:1"},
    "for another portal": {"aud": "another portal"},
    "over": {"exp": NOW - 60},
    "not valid yet": {"nbf": NOW + 3600},
    "without an end": {"exp": None},
    "for nobody": {"aud": None},
    "of nobody": {"sub": None},
}


@pytest.mark.parametrize("reason", REFUSED)
@pytest.mark.django_db
def test_token_that_is_not_for_this_portal_is_refused(directory: Answers, reason: str) -> None:
    with pytest.raises(OAuth2Error):
        decoded(directory, token(directory, **REFUSED[reason]))


@pytest.mark.django_db
def test_changed_token_is_refused(directory: Answers) -> None:
    head, claims, signature = token(directory).split(".")
    others = token(directory, sub="b-1").split(".")[1]

    for changed in (f"{head}.{others}.{signature}", f"{head}.{claims}.", "x.y.z", ""):
        with pytest.raises(OAuth2Error):
            decoded(directory, changed)


@pytest.mark.parametrize("issuer", ["https://boese.example", None])
@pytest.mark.django_db
def test_directory_that_calls_itself_otherwise_is_not_used(
    client: Client, directory: Answers, issuer: str | None
) -> None:
    directory.configure(issuer=issuer)

    page = client.get("/verwaltung/konto/oidc/verzeichnis/login/?process=login")

    assert page.status_code == 503
    assert UNEXPECTED in page.content.decode()


@pytest.mark.django_db
def test_directory_leads_the_portal_nowhere_else(client: Client, directory: Answers) -> None:
    directory.pages["/elsewhere"] = directory.pages[WELL_KNOWN]
    directory.pages[WELL_KNOWN] = f"{directory.url}/elsewhere"

    page = client.get("/verwaltung/konto/oidc/verzeichnis/login/?process=login")

    assert (page.status_code, directory.asked) == (503, [WELL_KNOWN])
