import type { AuditRecord } from '@inspector/contract';

export interface IncidentSummary {
  incidentId: string;
  scopes: readonly string[];
  actor: string;
  reason: string;
  triggeredAt: number;
  phase: string;
  /** From the trigger to the first VERIFIED_FLAT, null while there was none. */
  flatMs: number | null;
  wasStuck: boolean;
  rearmedAt: number | null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Incidents of KILL_SWITCH records, in whatever order these come; the newest first. */
export function incidentsOf(records: readonly AuditRecord[]): IncidentSummary[] {
  const byId = new Map<string, AuditRecord[]>();
  const ordered = [...new Map(records.map((record) => [record.seq, record])).values()].sort((a, b) => a.seq - b.seq);
  for (const record of ordered) {
    if (record.kind !== 'KILL_SWITCH') continue;
    const id = textOf(record.data.incidentId);
    byId.set(id, [...(byId.get(id) ?? []), record]);
  }
  return [...byId].map(([id, phases]) => summaryOf(id, phases)).sort((a, b) => b.triggeredAt - a.triggeredAt);
}

function summaryOf(incidentId: string, phases: readonly AuditRecord[]): IncidentSummary {
  const first = phases[0];
  const last = phases.at(-1);
  const triggeredAt = first?.ts ?? 0;
  const at = (code: string): number | null => phases.find((record) => record.code === code)?.ts ?? null;
  const flatAt = at('VERIFIED_FLAT');
  return {
    incidentId,
    scopes: [...new Set(phases.map(({ data }) => textOf(data.scope)))].filter(Boolean),
    actor: first?.actor ?? textOf(first?.data.actor),
    reason: textOf(first?.data.reason),
    triggeredAt,
    phase: last?.code ?? '',
    flatMs: flatAt === null ? null : flatAt - triggeredAt,
    wasStuck: at('STUCK') !== null,
    rearmedAt: at('REARMED'),
  };
}
