"""What is asked for, and when. This is no strategy: it only makes requests at a steady pace."""

from dataclasses import dataclass

from settings import Settings


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
    """The turn of a symbol at a time: open, then close, for ever.

    It needs no memory, so a process that was killed goes on where it was; and because a symbol is always traded on the same
    side, a close that was missed while it was away is made good by the next one.
    """
    number = now_ms // settings.turn_ms
    place = settings.symbols.index(symbol)
    return Turn(
        # Neighbours in the list take turns, so that something is open at any time, on both sides.
        action="OPEN" if (number + place) % 2 == 0 else "CLOSE",
        side="LONG" if place % 2 == 0 else "SHORT",
        symbol=symbol,
        request_id=f"{settings.detector_sysname}-{symbol}-{settings.turn_ms}-{number}",
        ends_at=(number + 1) * settings.turn_ms,
    )
