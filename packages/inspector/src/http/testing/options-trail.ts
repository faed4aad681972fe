import { defaultOptions, type Options } from '@inspector/contract';
import { zoneTable } from '../../ingest/index.ts';
import { optionsInput } from '../../ingest/options-input.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { inspectorEngine } from '../../runner/inspector-engine.ts';
import { createRunner } from '../../runner/runner.ts';
import { createSimulatedClock } from '../../runner/simulated-clock.ts';

/**
 * Options that were changed through runner and engine, one patch after the other; those that are refused are passed over.
 * `versions` holds what each version was, from the first on.
 */
export async function optionsTrail(patches: readonly unknown[]) {
  const clock = createSimulatedClock(1_700_000_000_000);
  const journal = createMemoryJournal();
  const runner = createRunner({
    core: inspectorEngine,
    genesis: { options: defaultOptions, zone: zoneTable('UTC'), appKey: 'inspector' },
    journal,
    clock,
    version: '0.0.0',
    log: { info() {}, warn() {}, error() {} },
    onFailed: (error) => {
      throw error;
    },
    sinks: { records() {}, effects() {}, events() {}, alerts() {} },
  });
  runner.start();
  const { engine } = runner;
  const versions: Options[] = [engine.options];
  for (const [index, patch] of patches.entries()) {
    const reason = index % 2 === 0 ? { reason: `change ${index + 1}` } : {};
    const change = optionsInput({ now: 0, current: engine.options, patch, actor: 'ann', ...reason });
    if ('errors' in change) continue;
    const answered = runner.ask(change.input);
    runner.flush();
    clock.advance(index % 3);
    await answered;
    versions.push(engine.options);
  }
  return { journal, versions, settings: () => ({ options: engine.options, version: engine.optionsVersion }) };
}
