/** Alerts and commands through a whole Inspector: journal on disk, engine, REST, a Telegram and a webhook on loopback. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { AuditRecord, Envelope, EventType, Order } from '@inspector/contract';
import { createMemoryBus, type MemoryBus } from '../bus/index.ts';
import type { ProviderClient } from '../effects/provider-client.ts';
import type { Inspector } from '../inspector-port.ts';
import { startInspector } from '../main.ts';
import { configForTest, paperMarket } from '../testing/whole-inspector.ts';
import type { AlertsConfig } from './config/alerts-config.ts';
import { defaultTemplate } from './render-alert.ts';
import { eventually, keptLog } from './testing/alerts.ts';
import { fakeServer } from './testing/fake-server.ts';
import { BOT_TOKEN, CHAT, fakeTelegram, OTHER_CHAT } from './testing/fake-telegram.ts';
import { fakeWebhook } from './testing/fake-webhook.ts';

const SECRET_PATH = '/hook/sEcReTpart';

/** A venue with a wallet that the test moves; it takes every order, fills none, and forgets what is cancelled. */
function movingVenue() {
  const venue = { wallet: 10_000, orders: [] as Order[] };
  const client: ProviderClient = {
    async place(order) {
      const placed = { ...order, status: 'NEW' as const };
      venue.orders.push(placed);
      return { outcome: 'accepted', order: placed };
    },
    async cancel({ clientOrderId }) {
      const order = venue.orders.find((each) => each.clientOrderId === clientOrderId);
      venue.orders = venue.orders.filter((each) => each !== order);
      return {
        outcome: 'accepted',
        ...(order === undefined ? {} : { order: { ...order, status: 'CANCELED' as const } }),
      };
    },
    setLeverage: async () => ({ outcome: 'accepted' }),
    query: async () => ({
      ok: true,
      time: Date.now(),
      walletBalance: venue.wallet,
      availableBalance: venue.wallet,
      positions: [],
      orders: venue.orders,
    }),
    accounts: async () => [paperMarket],
  };
  return { venue, client };
}

async function publish(bus: MemoryBus, type: EventType, payload: object): Promise<void> {
  const source = type.slice(0, type.indexOf('_')) as 'PROVIDER' | 'DETECTOR';
  await bus.publish(source, { eventId: randomUUID(), type, source, timestamp: Date.now(), payload } as Envelope);
}

async function publishMarket(bus: MemoryBus): Promise<void> {
  const symbol = { name: 'BTCUSDT' };
  const spec = {
    ...symbol,
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    status: 'TRADING',
    tickSize: 0.1,
    stepSize: 0.001,
    minQuantity: 0.001,
  };
  await publish(bus, 'PROVIDER_SYMBOLS', { ...paperMarket, symbols: [spec] });
  const time = Date.now();
  await publish(bus, 'PROVIDER_SYMBOL_PRICES', {
    ...paperMarket,
    prices: { BTCUSDT: { value: 50_000, moment: time, mark: true } },
  });
  const levels = { bids: [{ price: 49_999, volume: 10 }], asks: [{ price: 50_001, volume: 10 }] };
  await publish(bus, 'PROVIDER_MARKETDATA_ORDERBOOK', { ...paperMarket, symbol, ...levels, time });
}

async function started() {
  const telegram = await fakeTelegram();
  const webhook = await fakeWebhook();
  const registry = await fakeServer(() => ({ status: 200, body: '{}' }));
  const dataDir = mkdtempSync(join(tmpdir(), 'inspector-alerts-'));
  const { venue, client } = movingVenue();
  const bus = createMemoryBus();
  const { lines, log } = keptLog();
  const settings = {
    severities: ['warn', 'critical'] as const,
    reminders: true,
    ratePerMinute: 60,
    template: defaultTemplate,
    link: null,
  };
  const alerts: AlertsConfig = {
    targets: [
      {
        kind: 'telegram',
        name: 'phone',
        botToken: BOT_TOKEN,
        apiRoot: telegram.url,
        chatId: String(CHAT),
        ...settings,
      },
      { kind: 'webhook-generic', name: 'pager', url: webhook.url + SECRET_PATH, secret: 'the-key', ...settings },
    ],
    bots: [{ botToken: BOT_TOKEN, apiRoot: telegram.url, allowedChats: [String(CHAT)], allowedUsers: null }],
  };
  const start = () =>
    startInspector(
      configForTest({ appKey: 'guard', dataDir, provider: { url: registry.url, token: () => 'secret' }, alerts }),
      { bus, log, client, onFailed: (error) => assert.fail(String(error)) },
    );
  let inspector = await start();
  after(async () => {
    await inspector.stop('the test is over');
    await Promise.all([telegram.close(), webhook.close(), registry.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    telegram,
    webhook,
    venue,
    bus,
    lines,
    get inspector() {
      return inspector;
    },
    async restart() {
      await inspector.stop('restart');
      inspector = await start();
    },
  };
}

async function call(inspector: Inspector, path: string, body?: object) {
  const response = await fetch(`${inspector.url}/api/inspector${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function recordsOf(inspector: Inspector, filter: string): Promise<AuditRecord[]> {
  return (await call(inspector, `/risk/audit?limit=5000&${filter}`)).body.data;
}

test('a limit trips and the message arrives, also where the target was down; entries do not care', async () => {
  const system = await started();
  const { telegram, webhook, venue, bus, inspector, lines } = system;
  await publishMarket(bus);
  await eventually('it is ready', () => inspector.health().ready);
  webhook.answer = { status: 503 };

  venue.wallet = 9_000;
  await eventually('the phone is told', async () => {
    await call(inspector, '/reconcile/runOnce', {});
    await publishMarket(bus);
    return telegram.messages.some(({ text }) => /CRITICAL DAILY_LOSS/.test(text));
  });
  const told = telegram.messages.find(({ text }) => /DAILY_LOSS/.test(text))!;
  assert.equal(told.chatId, CHAT);
  assert.match(
    told.text,
    /^🔴 CRITICAL DAILY_LOSS\nDAILY_LOSS of paper:futures: .* against a limit of .*\npaper:futures\nNew entries are shut/,
  );
  await eventually('the pager was tried', () => webhook.calls.length > 0);

  // Each has it before its answer is back.
  let shown: { data: { code: string; deliveries: { target: string; state: string; reason?: string }[] }[] } = {
    data: [],
  };
  const deliveryTo = (name: string) =>
    shown.data.find(({ code }) => code === 'DAILY_LOSS')?.deliveries.find(({ target }) => target === name);
  await eventually('both answers are heard', async () => {
    shown = (await call(inspector, '/alerts')).body;
    return deliveryTo('phone')?.state === 'delivered' && deliveryTo('pager')?.reason !== undefined;
  });
  assert.equal(deliveryTo('pager')?.state, 'waiting');
  assert.match(deliveryTo('pager')?.reason ?? '', /it has an error \(503\)/);
  const node = inspector.nodes().find(({ name }) => name === 'alerts');
  assert.equal(node?.state, 'ok', 'not for a minute');

  await system.restart();
  const again = system.inspector;
  webhook.answer = { status: 200 };
  await eventually('the pager is told after the restart', () =>
    webhook.calls.some(
      ({ body }) =>
        JSON.parse(body).code === 'DAILY_LOSS' &&
        again.nodes().some(({ name, data }) => name === 'alerts' && JSON.stringify(data).includes('"delivered":1')),
    ),
  );
  const codes = telegram.messages.filter(({ text }) => /CRITICAL DAILY_LOSS/.test(text));
  assert.equal(codes.length, 1, 'who was told is not told again');
  const metrics = await (await fetch(`${again.url}/metrics`)).text();
  assert.match(metrics, /inspector_alert_messages_delivered_total\{target="webhook-generic"\} [1-9]/);

  const { body: tested } = await call(again, '/alerts/test', {});
  assert.deepEqual(
    tested.data.map(({ target, outcome }: Record<string, string>) => `${target} ${outcome}`),
    ['phone delivered', 'pager delivered'],
  );
  const everything =
    lines.join('\n') + JSON.stringify([shown, tested, again.nodes(), await call(again, '/config/runtime')]) + metrics;
  for (const secret of [BOT_TOKEN, BOT_TOKEN.split(':')[1]!, SECRET_PATH, 'sEcReTpart', 'the-key']) {
    assert.ok(!everything.includes(secret), secret);
  }
});

test('/kill from an allowed chat ends in VERIFIED_FLAT; one from a foreign chat does nothing', async () => {
  const { telegram, bus, venue, inspector } = await started();
  await publishMarket(bus);
  await eventually('it is ready', () => inspector.health().ready);
  const request = {
    requestId: 'r1',
    ...paperMarket,
    symbol: { name: 'BTCUSDT' },
    side: 'LONG',
    quantity: 0.01,
    price: 49_000,
    detectorSysname: 'd1',
  };
  await publish(bus, 'DETECTOR_POSITION_OPEN_REQUEST', request);
  await eventually('an entry rests', () => venue.orders.length === 1);

  telegram.write('/kill', { chatId: OTHER_CHAT });
  telegram.write('/status');
  await eventually('the status is told', () => telegram.messages.some(({ text }) => /Kill switch IDLE/.test(text)));
  assert.ok(telegram.messages.every(({ chatId }) => chatId === CHAT));
  assert.equal((await recordsOf(inspector, 'kind=KILL_SWITCH')).length, 0);

  telegram.write('/kill');
  const isPreview = ({ text }: { text: string }) => /KILL global\?/.test(text);
  await eventually('the preview is shown', () => telegram.messages.some(isPreview));
  const preview = telegram.messages.find(isPreview)!;
  assert.match(preview.text, /1 orders would be cancelled, 0 positions closed/);
  assert.equal((await recordsOf(inspector, 'kind=KILL_SWITCH')).length, 0, 'a preview changes nothing');

  telegram.press(preview.buttons[0]!.callback_data);
  await eventually('the end is told', () =>
    telegram.messages.some(({ text }) => /^✅ k\w+ VERIFIED_FLAT after/.test(text)),
  );
  assert.equal(venue.orders.length, 0);
  const [triggered] = (await recordsOf(inspector, 'kind=KILL_SWITCH&code=TRIGGERED')) as [AuditRecord];
  assert.equal(triggered.actor, 'telegram:7:ann');
  assert.equal((await call(inspector, '/governor/state')).body.killSwitch.state, 'VERIFIED_FLAT');
  await eventually('the alerts came too', () =>
    telegram.messages.some(({ text }) => /WARN KILL_SWITCH_VERIFIED_FLAT/.test(text)),
  );
});

test('/standdown refuses entries, and letting in again lets them in', async () => {
  const { telegram, bus, venue, inspector } = await started();
  await publishMarket(bus);
  await eventually('it is ready', () => inspector.health().ready);
  telegram.write('/standdown maintenance');
  await eventually('it is told', () => telegram.messages.some(({ text }) => /New entries are shut/.test(text)));
  const { body } = await call(inspector, '/governor/state');
  assert.deepEqual(
    [body.action, body.locks[0].actor, body.locks[0].reason],
    ['STAND_DOWN', 'telegram:7:ann', 'maintenance'],
  );
  telegram.write('/standdown off');
  await eventually('it asks', () => telegram.messages.some(({ text }) => /Let new entries in again/.test(text)));
  telegram.press(telegram.messages.at(-1)!.buttons[0]!.callback_data);
  await eventually('it is over', () => telegram.messages.some(({ text }) => /The stand-down is over/.test(text)));
  assert.equal((await call(inspector, '/governor/state')).body.action, 'ALLOW');
  assert.equal(venue.orders.length, 0);
});
