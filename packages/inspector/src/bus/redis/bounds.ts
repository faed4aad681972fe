/** Entries of one `bus:md:` stream, roughly; the oldest prices go. Some 25 MB of trades per connector. */
export const MARKET_STREAM_LIMIT = 100_000;

/**
 * Entries of one account's stream. When it is full, what every group has acknowledged goes; with nothing to go, the
 * publisher is told `BUS_FULL`. Some 50 MB per account at the very most.
 */
export const ACCOUNT_STREAM_LIMIT = 100_000;

/** Entries of one `bus:INSPECTOR_*` stream, roughly; `/ws` clients resume from the audit trail, not from here. */
export const INSPECTOR_STREAM_LIMIT = 10_000;

/**
 * A group none of whose consumers asked for this long does not hold an account's stream: a restart or an upgrade takes
 * minutes, and whoever was away for longer finds the gap and compares with the venue anyway, while a group that nobody
 * will ever read again would stop all publishers for good.
 */
export const GROUP_ABANDONED_MS = 600_000;

/** Publishes on their way to Redis; past it a publisher is told `BUS_FULL`, or a slow Redis would fill the memory. */
export const PUBLISHES_LIMIT = 65_536;

/** Entries asked of one stream at once. */
export const READ_LIMIT = 512;

/** A read waits this long for something to come; closing, standing by and new streams wait for its end. */
export const BLOCK_MS = 250;

/** Added to a blocking read's own time: an answer later than that means that nobody is there. */
export const READ_DEADLINE_MS = 4_000;

/** How often new streams are looked for; an account that appears is read from its first event, this much later. */
export const LOOK_EVERY_MS = 2_000;

/** Keys looked at by one `SCAN`, and calls of one look: on a server shared with millions of keys a look takes several turns. */
export const SCAN_KEYS = 1_000;
export const SCAN_CALLS = 50;

/** Streams of one subscription: one read names them all. More are not read, and it is logged. */
export const STREAMS_LIMIT = 4_096;

/** An entry that another consumer of the group took this long ago without acknowledging it is taken over. */
export const CLAIM_IDLE_MS = 5_000;
export const CLAIM_EVERY_MS = 2_000;
/** The same for streams that are not read before it is done. */
export const CLAIM_WAITING_EVERY_MS = 100;
/** Entries claimed at once. */
export const CLAIM_LIMIT = 256;
/** A stream waits this long for what another consumer holds, so that order is kept; a consumer that lives on is not waited for. */
export const CLAIM_PATIENCE_MS = 15_000;

/** Pause after a read that failed. */
export const RETRY_MS = 100;

/** Pause of a reader whose queue is full of events that may not be shed. */
export const FULL_POLL_MS = 5;

/** Acknowledgements under way are waited for this long when closing; what is not acknowledged comes again. */
export const CLOSE_MS = 1_000;

/** Publishes whose time is remembered for latency samples. */
export const SAMPLES_PENDING = 1_024;

/** For how long bridges know a message of an older client, so that only one of them takes it. */
export const BRIDGE_MEMORY_MS = 10_000;
/** Times that a bridged message is tried again while Redis does not take it; then it is a dead letter. */
export const BRIDGE_ATTEMPTS = 20;
export const BRIDGE_RETRY_MS = 250;
/** Bridged messages under way; past it further ones are dead letters, since pub/sub cannot be told to wait. */
export const BRIDGE_LIMIT = 4_096;
