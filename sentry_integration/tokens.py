"""What an organization token says of itself: its server, its region and its organization.

Sentry writes such a token as `sntrys_PAYLOAD_SECRET`, and the payload is JSON in base64.
"""

from __future__ import annotations

import base64
import json
from typing import NamedTuple, Optional

PREFIX = "sntrys_"


class Origin(NamedTuple):
    """Where an organization token was made. What the token leaves out is empty."""

    url: str
    region: str
    organization: str


def origin_of_token(token: str) -> Optional[Origin]:
    """What is written in an organization token, or None for any other token: only the server can judge those.

    >>> payload = base64.b64encode(b'{"url": "https://sentry.io", "org": "my-org"}').decode()
    >>> origin_of_token(f"sntrys_{payload}_secret")
    Origin(url='https://sentry.io', region='', organization='my-org')
    """
    if not token.startswith(PREFIX):
        return None
    payload = token[len(PREFIX) :].rpartition("_")[0].rstrip("=")
    try:
        said = json.loads(base64.b64decode(payload + "=" * (-len(payload) % 4), validate=True))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    url, region, organization = (
        value if isinstance(value, str) else "" for value in map(said.get, ("url", "region_url", "org"))
    )
    return Origin(url, region, organization)
