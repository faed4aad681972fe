/** Newest records kept at hand, as many as one audit answer may hold; older ones come from the store. */
export const TAIL_LIMIT = 5_000;

/** Closed trades kept at hand; older ones stay in the store as POSITION_CLOSED records. */
export const TRADES_LIMIT = 5_000;

/** Anomalies kept at hand; older ones stay in the store. */
export const ANOMALIES_LIMIT = 2_000;

/** Decided requests listed; the engine itself remembers far more of them. */
export const REQUESTS_LIMIT = 5_000;

/** Traces listed; a trace that is older is still found in the store by its id. */
export const TRACES_LIMIT = 5_000;

/** Latency samples of each event type: the percentiles speak of the last so many events. */
export const LATENCY_SAMPLES = 512;

/** Positions and requests followed for the trade journal at once; past it the oldest is forgotten and its trade shows null where its history is missing. */
export const FOLLOWED_LIMIT = 20_000;

/** Incidents kept; a person triggers each, so this is years. */
export const INCIDENTS_LIMIT = 500;

/** Records read back at start to fill the views: some 0.05 s. What is older answers from the store. */
export const REBUILD_RECORDS = 10_000;

/** Closed trades before those that are read back at start as well: some 0.1 s; their naked time is not known then. */
export const REBUILD_TRADES = 500;
