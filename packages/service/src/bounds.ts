/** A larger body is refused with 413 before it is parsed. The largest lawful one, whole options, is under 64 KiB. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** A caller from another machine past this many requests a window is answered 429 until the window ends. */
export const REQUESTS_PER_WINDOW = 3_000;
export const REQUEST_WINDOW_MS = 10_000;

/**
 * Another machine past this many wrong or missing tokens a window is answered 429, whatever it presents. This machine is
 * not: a bot with a stale token must not lock the operator beside it out of the kill switch.
 */
export const REFUSALS_PER_WINDOW = 100;
export const REFUSAL_WINDOW_MS = 60_000;

/** Addresses whose refusals are counted; past it the one that began longest ago is forgotten. */
export const REFUSAL_ADDRESSES_LIMIT = 10_000;

/** A request whose head and body have not arrived by then is answered 408 and its connection closed. */
export const REQUEST_TIMEOUT_MS = 15_000;

/** An idle connection is kept this long: above the 60 s of common proxies, so that they never meet a closed one. */
export const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** On close, requests still running after this are cut, so that a stop ends in time. */
export const CLOSE_GRACE_MS = 2_000;

/** Path parameters longer than this are not found. Position and trace ids are under 200. */
export const PATH_PARAMETER_LIMIT = 256;
