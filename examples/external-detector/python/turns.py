"""What is asked for, and when. This is no strategy: it only makes requests at a steady pace."""

from dataclasses import dataclass

from settings import Settings

# In each round of four a long is opened and closed, then a short.
ROUND = (("OPEN", "LONG"), ("CLOSE", "LONG"), ("OPEN", "SHORT"), ("CLOSE", "SHORT"))


@dataclass(frozen=True)
class Turn:
    action: str
    side: str
    symbol: str
    # The same for the same turn, before and after a restart: Inspector then repeats its decision and acts once.
    request_id: str
    # Unix milliseconds.
    ends_at: int


def turn_at(now_ms: int, symbol: str, settings: Settings) -> Turn:
    """The turn of a symbol at a time. It needs no memory, so a process that was killed goes on where it was."""
    number = now_ms // settings.turn_ms
    action, side = ROUND[(number + settings.symbols.index(symbol)) % len(ROUND)]
    return Turn(
        action=action,
        side=side,
        symbol=symbol,
        request_id=f"{settings.detector_sysname}-{symbol}-{settings.turn_ms}-{number}",
        ends_at=(number + 1) * settings.turn_ms,
    )
