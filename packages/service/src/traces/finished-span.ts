/** A piece of work that is over, as it goes to the collector. */
export interface FinishedSpan {
  /** 32 and 16 lower-case hexadecimal digits, not all 0. */
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** `server` for a request that came over HTTP. */
  kind: 'server' | 'internal';
  /** Of few values: names are what collectors group by. */
  name: string;
  /** Unix time in ms; fractions count. */
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, string | number | boolean>>;
  events?: readonly { name: string; ms: number }[];
  isError: boolean;
}
