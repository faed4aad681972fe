"""The command line and the environment."""

import argparse
import os
from dataclasses import dataclass
from typing import List, Optional

ENVIRONMENT = """environment:
  REDIS_URL             redis://127.0.0.1:6379
  INSPECTOR_URL         http://127.0.0.1:8008, with --ask
  INSPECTOR_API_TOKEN   where the Inspector wants one, with --ask
"""


@dataclass(frozen=True)
class Settings:
    redis_url: str
    inspector_url: str
    # Of the Inspector's REST; empty on loopback, where none is needed.
    inspector_token: str
    connector_type: str
    market_type: str
    # The name under which it asks, in every request and in the audit.
    detector_sysname: str
    symbols: List[str]
    turn_ms: int
    # True: it asks risk/check and would send its orders itself.
    asks_first: bool

    @property
    def market(self) -> str:
        return f"{self.connector_type}:{self.market_type}"


def read_settings(arguments: Optional[List[str]] = None) -> Settings:
    """Ends the process with 2 when the command line is not understood."""
    parser = argparse.ArgumentParser(
        description="A detector in a process of its own.",
        epilog=ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("symbols", nargs="*", default=["ETHUSDT"], metavar="SYMBOL")
    parser.add_argument("--ask", action="store_true", help="ask risk/check; publish nothing")
    parser.add_argument("--name", default="example-py", help="the name under which it asks")
    parser.add_argument("--turn-seconds", type=float, default=20.0)
    given = parser.parse_args(arguments)
    if not given.turn_seconds >= 0.1:
        parser.error("--turn-seconds must be 0.1 or more")
    return Settings(
        redis_url=os.environ.get("REDIS_URL") or os.environ.get("EVENT_BUS_URL") or "redis://127.0.0.1:6379",
        inspector_url=os.environ.get("INSPECTOR_URL") or "http://127.0.0.1:8008",
        inspector_token=os.environ.get("INSPECTOR_API_TOKEN", ""),
        connector_type="paper",
        market_type="futures",
        detector_sysname=given.name,
        symbols=given.symbols,
        turn_ms=round(given.turn_seconds * 1000),
        asks_first=given.ask,
    )
