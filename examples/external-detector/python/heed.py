"""What Inspector has said that this detector must heed: limits that paused it, and kill switches."""

from typing import Any, Dict, Optional, Set


class Heed:
    def __init__(self, detector_sysname: str) -> None:
        self._detector_sysname = detector_sysname
        # Each with the event that ends it: the same limit with `isActive: true`, or the incident's REARMED.
        self._pauses: Set[str] = set()

    def may_open(self) -> bool:
        """False while Inspector has told this detector to stop asking for positions. It may always ask to close."""
        return not self._pauses

    def hear(self, envelope: Dict[str, Any]) -> Optional[str]:
        """Takes an INSPECTOR_* event; answers what changed, for the log."""
        payload = envelope["payload"]
        if envelope["type"] == "INSPECTOR_RISK_LIMIT_BREACH":
            meant = payload.get("detectorSysname")
            if meant is not None and meant != self._detector_sysname:
                return None
            is_paused = (payload.get("opt") or {}).get("isActive") is False
            return self._note(f"{payload.get('code')} of {payload.get('scope')}", is_paused, payload.get("reason"))
        if envelope["type"] == "INSPECTOR_RISK_KILL_SWITCH":
            key = f"kill switch {payload.get('incidentId')}"
            return self._note(key, payload.get("phase") != "REARMED", payload.get("reason"))
        return None

    def _note(self, key: str, is_paused: bool, reason: Any) -> Optional[str]:
        if is_paused == (key in self._pauses):
            return None
        if is_paused:
            self._pauses.add(key)
            return f"paused by {key}: {reason}"
        self._pauses.remove(key)
        if self._pauses:
            return f"{key} is over, still paused by {', '.join(sorted(self._pauses))}"
        return f"{key} is over: going on"
