import { mkdtempSync } from 'node:fs';
import { startQuestdb } from '@inspector/servers';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from '../runner/clock.ts';
import { createOutbox } from './outbox.ts';
import { positionState } from '../views/test-records.ts';
import { recordAt } from './test-outbox.ts';
const N = Number(process.argv[2] ?? 200000);
const server = (await startQuestdb())!;
const directory = mkdtempSync('/tmp/obench/j-');
const journal = openSqliteJournal({ directory, appKey: 'b' });
const decision = { decision: 'ALLOW', code: 'OK', message: 'no rule is violated', violations: [], maxQuantity: null, sizing: { quantity: 1, price: 2, notionalUsd: 3, stopLoss: 4, takeProfit: 5, leverage: 3, riskUsd: 3, marginUsd: 4, method: 'quantity' }, governor: { action: 'ALLOW', reasons: [] }, evaluatedAt: 1, inputs: { price: 1, priceAgeMs: 2, equityUsd: 10000, a: 1, b: 2, c: 3 }, seq: 1, request: { requestId: 'r', connectorType: 'paper', marketType: 'futures', symbol: { name: 'BTCUSDT' }, side: 'LONG', quantity: 1, stopLoss: 4, detectorSysname: 'd' } };
for (let i = 0; i < N; i += 1000) {
  const records = Array.from({ length: 1000 }, (_, k) => { const seq = i + k + 1; return recordAt(seq, seq % 3 === 1 ? { data: positionState() } : seq % 3 === 0 ? { requestId: `r${seq}`, data: decision } : {}); });
  journal.commit({ firstInput: journal.lastInput + 1, inputCount: 0, inputs: new Uint8Array(), now: 1, records }, 'lazy');
}
const writeMeta = journal.writeMeta.bind(journal); let flushes = 0, longestFlush = 0;
journal.writeMeta = (k, v) => { const t = performance.now(); writeMeta(k, v); flushes++; longestFlush = Math.max(longestFlush, performance.now() - t); };
const bytes = journal.sizeBytes();
await new Promise(r => setTimeout(r, 500));
const outbox = createOutbox({ url: server.url, appKey: 'b', journal, directory, clock: systemClock, log: { info: console.log, warn: console.log, error: console.log } });
const gaps: number[] = []; let last = performance.now(); let on = true;
const tick = () => { const now = performance.now(); gaps.push(now - last); last = now; if (on) setImmediate(tick); };
setImmediate(tick);
const t0 = performance.now(); const cpu0 = process.cpuUsage();
outbox.start();
while (outbox.state().lag > 0) await new Promise(r => setTimeout(r, 20));
const s = (performance.now() - t0) / 1000; on = false;
gaps.sort((a, b) => b - a);
console.log({ rows: N, mb: bytes / 1e6, seconds: s, perSecond: N / s, flushes, longestFlush, top: gaps.slice(0, 12).map((x) => x.toFixed(1)), p999: gaps[Math.floor(gaps.length / 1000)], over2: gaps.filter(g => g > 2).length, over5: gaps.filter((g) => g > 5).length, of: gaps.length });
for (const filter of [{ limit: 200 }, { limit: 5000 }, { limit: 200, traceId: 't-none' }, { limit: 200, kind: 'POSITION_UPDATED', symbol: 'BTCUSDT' }]) { const t = performance.now(); const r = await outbox.query(filter as never); console.log(JSON.stringify(filter), r.length, (performance.now() - t).toFixed(1)); }
await outbox.stop(); journal.close(); await server.kill(); process.exit();
