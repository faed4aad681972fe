import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

/** prom-client loads `@opentelemetry/api` itself: types and constants without anything behind them. */
const HEAVY = /@opentelemetry\/(sdk|exporter|otlp|resources|core)/;

test('OpenTelemetry is loaded when traces are started, and not before', async () => {
  const loaded: string[] = [];
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      if (HEAVY.test(url)) loaded.push(url);
      return nextLoad(url, context);
    },
  });
  try {
    const { startTraces } = await import('../index.ts');
    assert.deepEqual(loaded, []);
    const log = { info() {}, warn() {} };
    const traces = await startTraces({ serviceName: 's', version: '1', url: 'http://127.0.0.1:9', log });
    assert.ok(loaded.length > 0);
    await traces.stop();
  } finally {
    hooks.deregister();
  }
});
