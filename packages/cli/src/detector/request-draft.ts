/** A request before it has an id and an envelope. */
export interface RequestDraft {
  type: 'OPEN' | 'CLOSE' | 'REDUCE' | 'FLIP';
  symbol: string;
  side: 'LONG' | 'SHORT';
  fields: Record<string, unknown>;
  /** Sent under this id instead of a new one. */
  requestId?: string;
}
