/** Events waiting for one subscription; past it market data is shed, then publishers are refused with BUS_FULL. */
export const QUEUE_LIMIT = 65_536;

/** Events of one batch; the rest waits for the next. Hundreds make a group commit worth its fsync. */
export const BATCH_LIMIT = 512;

/** Times that a batch is handed to a failing handler; then its events are dead-lettered and the next batch comes. */
export const DELIVERIES_LIMIT = 5;

/** Pause before a failed batch comes again, doubled each time. */
export const REDELIVERY_DELAY_MS = 50;

/** Bytes of one message as JSON; a larger one is refused at publish and dead-lettered at receipt. */
export const MESSAGE_LIMIT_BYTES = 1_048_576;

/** Characters of a refused message that its dead letter shows. */
export const SAMPLE_LIMIT = 512;

/** Latency samples kept for `GET /event-bus/latency`; older ones are overwritten. */
export const LATENCY_SAMPLES = 256;

/** How often a subscription that may not read is asked whether it may; a takeover begins that much later at most. */
export const MAY_READ_POLL_MS = 100;
