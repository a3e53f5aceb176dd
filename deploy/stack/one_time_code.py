"""What an authenticator app makes of a secret (TOTP, RFC 6238): six digits, others every 30 seconds."""

import base64
import hmac
import struct
import time
from urllib.parse import quote


def code(secret: str, at: float | None = None) -> str:
    """The digits that hold at this time, or now."""
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def uri(secret: str, name: str) -> str:
    """What such an app reads as a QR code."""
    return f"otpauth://totp/Nachhaltigkeitsstrategie:{quote(name)}?secret={secret}&issuer=Nachhaltigkeitsstrategie"
