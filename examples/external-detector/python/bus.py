"""A bus on Redis streams that outlives the loss of its connection."""

import json
import time
from threading import Event
from typing import Any, Callable, Dict, Iterator, Mapping, Optional

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# Pause after a failed call, doubled each time up to the longest.
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
# A read waits so long for news. A connection on which nothing comes for SILENT_S is dead and opened anew.
BLOCK_MS = 1_000
SILENT_S = 10
EVENTS_PER_READ = 500


class Bus:
    """Every call may be made from another thread; `stopping` ends them all within a second."""

    def __init__(self, url: str, stopping: Event, log: Callable[[str], None]) -> None:
        self._stopping = stopping
        self._log = log
        self._is_up: Optional[bool] = None
        self._client = redis.Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=SILENT_S,
            socket_connect_timeout=SILENT_S,
            retry=Retry(NoBackoff(), 0),  # tried again here, where `stopping` is heeded
        )

    def events(self, streams: Mapping[str, str]) -> Iterator[Dict[str, Any]]:
        """Events of these streams in order. Of a stream that is "all" what it still holds, of one that is "now" what comes."""
        places: Dict[str, str] = {}
        failures = 0
        while not self._stopping.is_set():
            try:
                for stream, beginning in streams.items():
                    if stream not in places:
                        places[stream] = self._place(stream, beginning)
                reply = self._client.xread(places, count=EVENTS_PER_READ, block=BLOCK_MS)
                self._say(True, "Redis is there")
                failures = 0
            except redis.RedisError as error:
                self._say(False, f"Redis: {error}; trying again")
                self._pause(failures)
                failures += 1
                continue
            for stream, entries in reply or []:
                for entry_id, fields in entries:
                    places[stream] = entry_id
                    envelope = parse_envelope(fields.get("event"))
                    if envelope is not None:
                        yield envelope

    def publish(self, stream: str, envelope: Dict[str, Any], deadline_ms: int) -> bool:
        """True when Redis has it. Tries until the deadline, so it may be there twice: with the same eventId."""
        event = json.dumps(envelope, separators=(",", ":"))
        failures = 0
        while not self._stopping.is_set() and time.time() * 1000 < deadline_ms:
            try:
                self._client.xadd(stream, {"event": event})
                return True
            except redis.RedisError:
                self._pause(failures)
                failures += 1
        return False

    def close(self) -> None:
        self._client.close()

    def _place(self, stream: str, beginning: str) -> str:
        """After the newest entry of a stream, or before its first."""
        newest = self._client.xrevrange(stream, count=1) if beginning == "now" else []
        return newest[0][0] if newest else "0-0"

    def _say(self, is_up: bool, message: str) -> None:
        if is_up != self._is_up:
            self._log(message)
        self._is_up = is_up

    def _pause(self, failures: int) -> None:
        self._stopping.wait(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(failures, 10)))


def parse_envelope(text: Optional[str]) -> Optional[Dict[str, Any]]:
    """None for what is no envelope: a stream is open to everybody, and one bad entry must not end the reader."""
    try:
        value = json.loads(text or "")
    except ValueError:
        return None
    is_envelope = isinstance(value, dict) and isinstance(value.get("type"), str)
    return value if is_envelope and isinstance(value.get("payload"), dict) else None
