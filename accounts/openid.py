"""OpenID Connect with the city's directory: what allauth leaves to the encrypted connection is asked for as well."""

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.jwtkit import verify_jti
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
WELL_KNOWN = "/.well-known/openid-configuration"


class DirectoryProtocol(OpenIDConnectOAuth2Adapter):
    """The directory names itself as the portal was told, and has signed with a key of its own who somebody is."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        told = self.get_provider().server_url.removesuffix(WELL_KNOWN)
        if str(config.get("issuer", "")).rstrip("/") != told.rstrip("/"):
            raise OAuth2Error(f"The directory at {told} calls itself {config.get('issuer')!r}.")
        return config

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            told: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=SIGNED_WITH,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["aud", "exp", "iat", "iss", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The directory did not sign who somebody is: {error}") from error
        verify_jti(told)
        return told

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The directory's key that a token names; one that names none is signed with the only key there is."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(response.json()).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if key.key_id == name] if name else keys
        if len(fitting) != 1:
            raise OAuth2Error(f"The directory has {len(fitting)} keys of the name {name!r}.")
        return fitting[0]
