"""The payloads of requests, as the bus and risk/check take them."""

from typing import Any, Dict, Optional

from settings import Settings
from turns import Turn

# Percent of the account's equity that an entry asks for.
SIZE_PERCENT = 1
STOP_PERCENT = 0.4
# More than twice the way to the stop, which is what the default limits want at least.
TARGET_PERCENT = 1


def open_request(turn: Turn, price: Optional[float], settings: Settings) -> Dict[str, Any]:
    """Payload of DETECTOR_POSITION_OPEN_REQUEST, and the `request` of risk/check.

    Without a price it names no stop and no target: Inspector then takes those of its options.
    """
    request = {**close_request(turn, settings), "sizePercent": SIZE_PERCENT, "expiresAt": turn.ends_at}
    if price is not None:
        direction = 1 if turn.side == "LONG" else -1
        # Inspector rounds both to the venue's ticks.
        request["stopLoss"] = price * (1 - direction * STOP_PERCENT / 100)
        request["takeProfit"] = price * (1 + direction * TARGET_PERCENT / 100)
    return request


def close_request(turn: Turn, settings: Settings) -> Dict[str, Any]:
    """Payload of DETECTOR_POSITION_CLOSE_REQUEST. Without a position it is decided NO_POSITION and does nothing."""
    return {
        "requestId": turn.request_id,
        "connectorType": settings.connector_type,
        "marketType": settings.market_type,
        "symbol": {"name": turn.symbol},
        "side": turn.side,
        "detectorSysname": settings.detector_sysname,
    }
