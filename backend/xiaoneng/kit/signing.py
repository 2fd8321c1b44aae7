"""Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, several signatures at once for rotation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"


def sign(secret: str, message_id: str, moment: datetime, body: str) -> dict[str, str]:
    """The three headers of a signed message."""
    signature = Webhook(secret).sign(message_id, moment, body)
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(int(moment.timestamp())),
        SIGNATURE_HEADER: signature,
    }


def is_genuine(secrets: Sequence[str], body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether one of the secrets signed this body less than five minutes ago."""
    for secret in secrets:
        try:
            Webhook(secret).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError):  # malformed signatures and texts raise ValueError there
            continue
        return True
    return False
