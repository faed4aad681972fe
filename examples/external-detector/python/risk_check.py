"""Asks Inspector for a decision. Standard library only."""

import json
import urllib.error
import urllib.request
from typing import Any, Dict

from settings import Settings

# An answer that takes longer is none.
ANSWER_S = 3


class NoDecision(Exception):
    """Not reachable, or 4xx and 5xx: a bot should then not open."""


def check_risk(request: Dict[str, Any], settings: Settings) -> Dict[str, Any]:
    """`decision`, `code`, `message`, `maxQuantity`, `sizing` … It is recorded, reserves nothing and sends nothing."""
    headers = {"content-type": "application/json"}
    if settings.inspector_token:
        headers["authorization"] = f"Bearer {settings.inspector_token}"
    call = urllib.request.Request(
        f"{settings.inspector_url}/api/inspector/risk/check",
        data=json.dumps({"request": request}).encode(),
        headers=headers,
        method="POST",
    )
    try:
        with urllib.request.urlopen(call, timeout=ANSWER_S) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise NoDecision(problem(error)) from None
    except (OSError, ValueError) as error:
        raise NoDecision(str(error)) from None


def problem(error: urllib.error.HTTPError) -> str:
    """An error is problem+json: `code` and `detail` say what is wrong."""
    try:
        body = json.load(error)
        return f"{error.code} {body['code']}: {body['detail']}"
    except (OSError, ValueError, KeyError, TypeError):
        return f"{error.code} {error.reason}"
