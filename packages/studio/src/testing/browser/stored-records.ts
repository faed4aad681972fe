import type { AuditRecord } from '@inspector/contract';
import type { RunningSystem } from '../running-system.ts';

/** The most that one call answers. A system of a test writes fewer. */
const LARGEST_PAGE = 5_000;

/** Records of the store that pass, newest first: all of them, which is asserted. */
export async function storedRecords(
  system: RunningSystem,
  query: Readonly<Record<string, string | number>> = {},
): Promise<AuditRecord[]> {
  const text = new URLSearchParams({ limit: String(LARGEST_PAGE) });
  for (const [name, value] of Object.entries(query)) text.set(name, String(value));
  const { data } = await system.read<{ data: AuditRecord[] }>(`/risk/audit?${text}`);
  if (data.length >= LARGEST_PAGE) throw new Error('the test has more records than one call answers');
  return data;
}
