"""The account pages, below /verwaltung/konto/, where alone the cookies go.

Of allauth's addresses these are the ones that staff need. It has more (own e-mail addresses, linked accounts): whom
an address belongs to is for the administration to say, so they are not there.
"""

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView, TemplateView

from accounts import directory
from accounts.password_reset import PasswordReset
from accounts.staff_sessions import typing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # says that there is none
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path(
        "password/set/",
        login_required(TemplateView.as_view(template_name="account/password_set.html")),
        name="account_set_password",
    ),
    path("password/reset/", PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/typing/", typing, name="typing"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("oidc/<slug:provider_id>/login/", directory.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", directory.callback, name="openid_connect_callback"),
    path("directory/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("directory/error/", socialaccount.login_error, name="socialaccount_login_error"),
]
