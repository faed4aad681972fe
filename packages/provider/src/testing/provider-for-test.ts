import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Envelope, mayPublish, type Order } from '@inspector/contract';
import type { Connector } from '#connectors/connector.ts';
import { createPaperConnector } from '#connectors/paper/paper-connector.ts';
import type { EventBus } from '#feed/event-bus.ts';
import { type Provider, type ProviderConfig, startProvider } from '../main.ts';

export const TEST_TOKEN = 'test-token-of-the-admin';

/** A bus that delivers at once and remembers. */
export interface TestBus extends EventBus {
  published: Envelope[];
  /** What another process publishes. */
  emit(envelope: Envelope): void;
}

export function createTestBus(): TestBus {
  const published: Envelope[] = [];
  const handlers = new Set<(events: readonly Envelope[]) => void>();
  const emit = (envelope: Envelope) => {
    for (const handle of handlers) handle([envelope]);
  };
  return {
    published,
    emit,
    async publish(publisher, envelope) {
      if (!mayPublish(publisher, envelope.type)) throw new Error('SOURCE_MISMATCH');
      published.push(envelope);
      emit(envelope);
    },
    subscribe({ handle }) {
      handlers.add(handle);
      return {
        async close() {
          handlers.delete(handle);
        },
      };
    },
  };
}

export const testDirectory = (t: TestContext): string => {
  const directory = mkdtempSync(join(tmpdir(), 'provider-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

export const paperForTest = () =>
  createPaperConnector({ balance: 10_000, makerFeePercent: 0.02, takerFeePercent: 0.05, seed: 7, historyMinutes: 5 });

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

export interface TestProvider extends Provider {
  bus: TestBus;
  /** A JSON call with the admin's token; `token` null sends none. */
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { token?: string | null; headers?: Record<string, string> },
  ): Promise<Answer>;
}

/** A whole Provider on a free port, ended with the test. */
export async function providerForTest(
  t: TestContext,
  { connectors = [paperForTest()], ...config }: Partial<ProviderConfig> & { connectors?: readonly Connector[] } = {},
): Promise<TestProvider> {
  const bus = createTestBus();
  const provider = await startProvider(
    {
      host: '127.0.0.1',
      port: 0,
      apiToken: TEST_TOKEN,
      tokens: [],
      allowedHosts: [],
      allowedOrigins: [],
      dataDir: config.dataDir ?? testDirectory(t),
      version: '0.0.0',
      ...config,
    },
    { bus, connectors },
  );
  t.after(() => provider.stop());
  const call: TestProvider['call'] = async (method, path, body, { token = TEST_TOKEN, headers } = {}) => {
    const answer = await fetch(provider.url + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: parsed(text), headers: answer.headers };
  };
  return { ...provider, bus, call };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}

/** An order for the paper venue: 0.01 BTC at market. */
export const newOrder = (fields: Partial<Order> = {}) => ({
  clientOrderId: 'order1',
  connectorType: 'paper',
  marketType: 'futures',
  symbol: { name: 'BTCUSDT' },
  side: 'BUY',
  type: 'MARKET',
  quantity: 0.01,
  leverage: 3,
  source: { type: 'inspector', key: 'inspector' },
  ...fields,
});
