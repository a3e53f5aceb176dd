"""What a portal is told of the city's directory, and what it does where that answers wrongly or not at all."""

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from accounts.directory import DirectoryAdapter
from tests.accounts.directory_server import UNEXPECTED, Directory
from tests.herne_strategy.test_settings import PRODUCTION, check


@pytest.mark.parametrize(
    "told",
    [
        {"userinfo": {"sub": "a-1"}},
        {"userinfo": {"sub": "a-1"}, "id_token": {"sub": "b-1"}},
        {"userinfo": {}, "id_token": {"sub": "a-1"}},
    ],
)
@pytest.mark.django_db
def test_directory_must_name_the_same_person_both_times(told: dict) -> None:
    request = RequestFactory().get("/")
    account = SocialAccount(provider="verzeichnis", uid="a-1", extra_data=told)
    login = SocialLogin(user=User(), account=account)

    with pytest.raises(ImmediateHttpResponse) as refused:
        DirectoryAdapter(request).populate_user(request, login, {})

    assert refused.value.response.status_code == 403
    assert "Das Verzeichnis hat nicht sicher gesagt, wer Sie sind." in refused.value.response.content.decode()


@pytest.mark.django_db
def test_directory_that_does_not_answer(client: Client, settings) -> None:
    app = {
        "provider_id": "verzeichnis",
        "name": "Stadtverzeichnis",
        "client_id": "portal",
        "secret": "geheim",
    }
    app["settings"] = {"server_url": "http://localhost:1"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    page = client.get("/verwaltung/konto/oidc/verzeichnis/login/?process=login")

    assert page.status_code == 503
    assert UNEXPECTED in page.content.decode()


@pytest.mark.django_db
def test_login_page_offers_no_directory_without_one(client: Client) -> None:
    assert "Mit einem Passkey anmelden" in client.get("/verwaltung/konto/login/").content.decode()
    assert 'button--wide" href' not in client.get("/verwaltung/konto/login/").content.decode()


@pytest.mark.parametrize("missing", ["OIDC_NAME", "OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_directory_is_refused_at_the_start(missing: str) -> None:
    directory = Directory("https://verzeichnis.example.de").environment

    done = check({**PRODUCTION, **{name: value for name, value in directory.items() if name != missing}})

    assert done.returncode == 3
    assert done.stderr == (
        f"Environment: {missing} is not set; it must be set where any of "
        "OIDC_NAME, OIDC_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET is.\n"
    )


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://verzeichnis.example.de/realms/stadt", True),
        ("http://localhost:8080/", True),
        ("http://verzeichnis.example.de", False),
        ("http://localhost.example.de", False),
        ("verzeichnis.example.de", False),
        ("https://", False),
    ],
)
def test_directory_is_asked_over_https_only(url: str, is_taken: bool) -> None:
    done = check({**PRODUCTION, **Directory(url).environment})

    assert (done.returncode == 0) == is_taken
    assert is_taken or done.stderr == (
        f'Environment: OIDC_URL is "{url}"; it must be like "https://anmeldung.example.de/realms/stadt".\n'
    )
