import type { AuditRecord } from '@inspector/contract';

/** What this example asks of Inspector's REST. */
export interface Guard {
  url: string;
  isReady(): Promise<boolean>;
  /** Every record so far, in order. */
  audit(): Promise<readonly AuditRecord[]>;
  locks(): Promise<{ code: string; action: string; scope: string }[]>;
  /** Triggers the kill switch; answers the id of the incident. */
  kill(): Promise<string>;
}

/** Records of one answer; between two looks far fewer are made. */
const MOST_RECORDS = 5_000;

export function guardAt(url: string): Guard {
  const records: AuditRecord[] = [];

  async function call<T>(path: string, body?: object): Promise<{ ok: boolean; answer: T }> {
    const asked =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${url}/api/inspector/${path}`, { ...asked, signal: AbortSignal.timeout(5_000) });
    return { ok: response.ok, answer: (await response.json()) as T };
  }

  async function wanted<T>(path: string, body?: object): Promise<T> {
    const { ok, answer } = await call<T>(path, body);
    if (!ok) throw new Error(`Inspector: ${JSON.stringify(answer)}`);
    return answer;
  }

  return {
    url,
    isReady: async () => (await call<{ ready?: boolean }>('health')).answer.ready === true,
    async audit() {
      const afterSeq = records.at(-1)?.seq ?? 0;
      const path = `risk/audit?limit=${MOST_RECORDS}&afterSeq=${afterSeq}`;
      const { data } = await wanted<{ data: AuditRecord[] }>(path);
      records.push(...data.reverse());
      return records;
    },
    locks: async () =>
      (await wanted<{ locks: { code: string; action: string; scope: string }[] }>('governor/state')).locks,
    async kill() {
      const order = { scope: 'global', reason: 'the bot does not stop', actor: 'owner', confirm: true };
      return (await wanted<{ incidentId: string }>('kill-switch/trigger', order)).incidentId;
    },
  };
}
