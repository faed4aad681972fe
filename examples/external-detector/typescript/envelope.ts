/** What travels on the bus, as JSON in the field `event` of a stream entry. */
export interface Envelope {
  /** A UUID: whoever receives it twice counts it once. */
  eventId: string;
  type: string;
  source: 'PROVIDER' | 'INSPECTOR' | 'DETECTOR' | 'ADVISOR';
  /** Unix milliseconds. */
  timestamp: number;
  payload: Record<string, unknown>;
}

/** Undefined for what is no envelope: a stream is open to everybody, and one bad entry must not end the reader. */
export function parseEnvelope(json: string | undefined): Envelope | undefined {
  try {
    const value = JSON.parse(json ?? '') as Partial<Envelope> | null;
    const isEnvelope = typeof value?.type === 'string' && typeof value.payload === 'object' && value.payload !== null;
    return isEnvelope ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}
