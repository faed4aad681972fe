"""A detector in a process of its own.

It reads prices from Redis, asks Inspector for positions, and heeds what Inspector says. It speaks the public wire only and
can be copied out of here.

    prices   bus:md:<connectorType>:<marketType>     -> detector
    answers  bus:INSPECTOR_RISK_LIMIT_BREACH, ...    -> detector
    requests bus:acct:<connectorType>:<marketType>   <- detector

With --ask it needs no Redis: it asks POST /api/inspector/risk/check before it would send an order itself.
"""

import signal
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from threading import Event
from typing import Any, Callable, Dict, Optional, Tuple

from heed import Heed
from position_requests import close_request, open_request
from risk_check import NoDecision, check_risk
from settings import Settings, read_settings
from turns import Turn, turn_at

# An older price is no ground for a request.
PRICE_FRESH_MS = 5_000
# How often it looks whether a turn has begun.
LOOK_S = 0.1

TakeTurn = Callable[[Turn], bool]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def log(message: str) -> None:
    print(datetime.now(timezone.utc).isoformat(timespec="milliseconds"), message, flush=True)


def take_turns(settings: Settings, stopping: Event, take: TakeTurn) -> None:
    """Takes each symbol's turns as they come; one that `take` leaves out comes again until it is over."""
    taken: Dict[str, str] = {}
    while not stopping.wait(LOOK_S):
        for symbol in settings.symbols:
            turn = turn_at(now_ms(), symbol, settings)
            if taken.get(symbol) != turn.request_id and take(turn):
                taken[symbol] = turn.request_id


def ask_first(settings: Settings) -> TakeTurn:
    """This process would send the order itself, and only when the answer is ALLOW."""

    def take(turn: Turn) -> bool:
        if turn.action == "CLOSE":
            log(f"would close {turn.side} {turn.symbol}: an exit needs no leave")
            return True
        try:
            answer = check_risk(open_request(turn, None, settings), settings)
        except NoDecision as error:
            log(f"no decision, no order: {error}")
            return True
        log(f"{turn.side} {turn.symbol}? {answer['decision']} {answer['code']}. {answer['message']}")
        if answer["decision"] == "ALLOW":
            log(f"  would order {answer['sizing']['quantity']}, stop {answer['sizing']['stopLoss']}")
        return True

    return take


class Execution:
    """Inspector decides, sends the order, and protects what fills. Its answer is in the audit, under the requestId."""

    def __init__(self, settings: Settings, stopping: Event) -> None:
        from bus import Bus  # only here, so that --ask runs without the redis package

        self._settings = settings
        self._stopping = stopping
        self._heed = Heed(settings.detector_sysname)
        self._prices: Dict[str, Tuple[float, int]] = {}
        self._bus = Bus(settings.redis_url, stopping, log)

    def run(self) -> None:
        with ThreadPoolExecutor() as pool:
            parts = [pool.submit(self._until_stopping, part) for part in (self._listen, self._ask)]
        self._bus.close()
        for part in parts:
            part.result()  # raises what went wrong in it

    def _until_stopping(self, part: Callable[[], None]) -> None:
        try:
            part()
        finally:
            self._stopping.set()  # a detector that no longer listens must not go on asking

    def _ask(self) -> None:
        take_turns(self._settings, self._stopping, self._take)

    def _listen(self) -> None:
        """Keeps the newest mark of each symbol, and what Inspector says."""
        streams = {
            f"bus:md:{self._settings.market}": "now",
            # What was said before this process began still holds.
            "bus:INSPECTOR_RISK_LIMIT_BREACH": "all",
            "bus:INSPECTOR_RISK_KILL_SWITCH": "all",
        }
        for envelope in self._bus.events(streams):
            news = self._heed.hear(envelope)
            if news is not None:
                log(news)
            if envelope["type"] == "PROVIDER_SYMBOL_PRICES":
                self._keep(envelope["payload"].get("prices") or {})

    def _keep(self, marks: Dict[str, Any]) -> None:
        for symbol, mark in marks.items():
            try:
                self._prices[symbol] = (float(mark["value"]), int(mark["moment"]))
            except (KeyError, TypeError, ValueError):
                continue

    def _price_of(self, symbol: str) -> Optional[float]:
        """The newest price while it is fresh."""
        price, at = self._prices.get(symbol, (0.0, 0))
        return price if price > 0 and now_ms() - at <= PRICE_FRESH_MS else None

    def _take(self, turn: Turn) -> bool:
        """A turn without a fresh price, or while paused, is left out."""
        price = self._price_of(turn.symbol)
        if price is None or (turn.action == "OPEN" and not self._heed.may_open()):
            return False
        opens = turn.action == "OPEN"
        envelope = {
            "eventId": str(uuid.uuid4()),
            "type": f"DETECTOR_POSITION_{turn.action}_REQUEST",
            "source": "DETECTOR",
            "timestamp": now_ms(),
            "payload": open_request(turn, price, self._settings) if opens else close_request(turn, self._settings),
        }
        is_out = self._bus.publish(f"bus:acct:{self._settings.market}", envelope, turn.ends_at)
        how = "asked" if is_out else "not asked, Redis is away"
        log(f"{turn.action} {turn.side} {turn.symbol} {how}: {turn.request_id}")
        return True


def main() -> int:
    settings = read_settings()
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    how = ", checks only" if settings.asks_first else ""
    log(f"{settings.detector_sysname} asks for {', '.join(settings.symbols)} of {settings.market}{how}")
    if settings.asks_first:
        take_turns(settings, stopping, ask_first(settings))
    else:
        try:
            Execution(settings, stopping).run()
        except ImportError as error:
            print(f"{error}: pip install -r requirements.txt, or --ask, which needs nothing", file=sys.stderr)
            return 1
    log("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
