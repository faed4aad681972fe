/**
 * What holds for every run, whatever it is about: each record and event is as the contract says, `seq` has no hole, time
 * does not go back, and an engine that is stored and restored after every single input writes the very same records.
 */
import { type AuditRecord, auditViolations, isPayloadOf } from '@inspector/contract';
import { createEngine, type Engine } from '#state/engine.ts';
import { restoreEngine, snapshotEngine, stateHash } from '#state/snapshot.ts';
import { step } from '#step.ts';
import type { Bench } from './bench.ts';

/** Throws with the first thing that does not hold. */
export function verify(bench: Bench): void {
  let seq = 0;
  let ts = 0;
  for (const record of bench.records) {
    const text = JSON.stringify(record);
    const violations = auditViolations(JSON.parse(text));
    if (violations.length > 0) throw new Error(`${JSON.stringify(violations)} in ${text}`);
    if (record.seq !== ++seq) throw new Error(`seq ${record.seq} came where ${seq} was due: ${text}`);
    if (record.ts < ts) throw new Error(`time went back: ${text}`);
    ts = record.ts;
  }
  for (const { type, payload } of bench.events) {
    if (!isPayloadOf(type, JSON.parse(JSON.stringify(payload)))) {
      throw new Error(`not a payload of ${type}: ${JSON.stringify(payload)}`);
    }
  }
  verifyRestarts(bench);
}

/** The inputs of the bench once more, with a restart after every one of them. */
function verifyRestarts(bench: Bench): void {
  let engine: Engine = createEngine(bench.config);
  const records: AuditRecord[] = [];
  for (const input of bench.inputs) {
    records.push(...step(engine, input).records);
    engine = restoreEngine(JSON.parse(JSON.stringify(snapshotEngine(engine))));
  }
  for (const [index, record] of bench.records.entries()) {
    const again = JSON.stringify(records[index]);
    if (again === JSON.stringify(record)) continue;
    throw new Error(`restarted after every input the record differs:\n${JSON.stringify(record)}\n${again}`);
  }
  if (records.length !== bench.records.length) throw new Error(`restarted, ${records.length} records came`);
  if (stateHash(engine) !== stateHash(bench.engine)) throw new Error('restarted, the state differs at the end');
}
