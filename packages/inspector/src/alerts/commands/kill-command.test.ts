import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandInput, Reply } from '@inspector/engine';
import { quietPicture } from '../../http/test-inspector.ts';
import { auditRecord } from '../../views/test-records.ts';
import { eventually } from '../testing/alerts.ts';
import { commandBench as bench, codeIn } from '../testing/command-bench.ts';
import type { CommandPorts } from './answer-command.ts';

const killed: Reply = {
  replyTo: 0,
  ok: true,
  status: 202,
  result: { incidentId: 'k1', phase: 'CLOSING', scope: 'global' },
};
const incident = () => ({
  incidentId: 'k1',
  phase: 'CLOSING',
  scopes: ['global'],
  includeLegacy: false,
  actor: 'telegram:7:ann',
  reason: '',
  triggeredAt: 1_000,
  verifiedAt: null,
  rearmedAt: null,
  timeline: [{ phase: 'CLOSING', ts: 1_000, seq: 5, remaining: { orders: 1, positions: 2 } }],
  proof: null,
  estimatedCostUsd: 0,
  realizedCostUsd: 0,
  fromSeq: 1,
  toSeq: null,
});

describe('killing', () => {
  const preview: CommandPorts['killPreview'] = ({ scope, includeLegacy = false }) => ({
    scope,
    includeLegacy,
    orders: [],
    positions: [
      {
        positionId: 'p',
        accountKey: 'paper:futures',
        symbol: 'BTCUSDT',
        side: 'LONG',
        quantity: 0.5,
        notionalUsd: 25_000,
        estimatedPrice: 49_990,
        estimatedCostUsd: 5,
      },
    ],
    estimatedCostUsd: 5,
  });

  test('shows what it would do, and does it once, for a button of who asked', async () => {
    const asked: CommandInput[] = [];
    const commands: Partial<CommandPorts> = {
      killPreview: preview,
      picture: () => ({ ...quietPicture(), incidents: [incident()] }),
      async ask(question) {
        asked.push(question as CommandInput);
        return killed;
      },
    };
    const { start, telegram, ask, alerting, said } = await bench({ commands });
    start();
    const text = await ask('/kill');
    assert.match(
      text,
      /KILL global\?\n0 orders would be cancelled, 1 positions closed at market\.\n• BTCUSDT LONG 0\.5, 25,000\.00 USD, paper:futures\nEstimated cost 5\.00 USD/,
    );
    const [yes, no] = telegram.messages[0]!.buttons;
    assert.deepEqual([yes?.text, no?.text], ['Confirm', 'Cancel']);
    assert.ok(Buffer.byteLength(yes!.callback_data) <= 64);

    telegram.press(yes!.callback_data, { userId: 8 });
    await eventually('the other is told', () =>
      telegram.calls.some(({ fields }) => fields.text === 'Only who asked may answer'),
    );
    assert.equal(asked.length, 0);

    telegram.press(yes!.callback_data);
    await eventually('it runs', () => said().length >= 3);
    telegram.press(yes!.callback_data);
    await eventually('the second press is over', () => said().some((each) => /nothing to confirm/.test(each)));
    assert.deepEqual(
      asked.map(({ command, actor, fields }) => [command, actor, fields]),
      [
        [
          'kill-switch/trigger',
          'telegram:7:ann',
          { scope: 'global', reason: 'confirmed by ann over Telegram', confirm: true, includeLegacy: false },
        ],
      ],
    );
    assert.match(said()[1]!, /Kill switch k1 runs on global: CLOSING/);
    assert.match(said()[2]!, /^k1 CLOSING after 0 ms: 1 orders, 2 positions left/);

    const phase = (seq: number, name: string, ts: number, left: number) =>
      auditRecord(seq, {
        kind: 'KILL_SWITCH',
        code: name,
        ts,
        data: { incidentId: 'k1', phase: name, remaining: { orders: 0, positions: left } },
      });
    alerting.follow([phase(6, 'STUCK', 11_000, 1), phase(7, 'VERIFIED_FLAT', 13_500, 0)]);
    await eventually('the end is told', () => said().some((each) => /k1 VERIFIED_FLAT after 12\.5 s/.test(each)));
    assert.ok(said().some((each) => /k1 STUCK after 10 s: 0 orders, 1 positions left/.test(each)));
    alerting.follow([phase(8, 'CANCELLING', 20_000, 1)]);
    await ask('/help');
    assert.ok(!said().some((each) => /k1 CANCELLING/.test(each)), 'it is not followed any more');
  });

  test('a typed code works, a wrong one three times makes it void, and so does cancelling', async () => {
    const { start, ask, asked } = await bench({ commands: { killPreview: preview } });
    start();
    const wrong = (code: string) => (code === '0000' ? '0001' : '0000');
    const first = codeIn(await ask('/kill'));
    for (const left of [/2 more tries/, /1 more tries/, /ask again/])
      assert.match(await ask(`/kill confirm ${wrong(first)}`), left);
    assert.match(await ask(`/kill confirm ${first}`), /nothing to confirm/);

    const second = codeIn(await ask('/kill'));
    assert.match(await ask('/kill cancel'), /Cancelled by ann/);
    assert.match(await ask(`/kill confirm ${second}`), /nothing to confirm/);

    const third = codeIn(await ask('/kill BTCUSDT legacy'));
    assert.match(await ask(`/kill confirm ${third}`, { userId: 8, username: 'bob' }), /nothing to confirm/);
    assert.deepEqual(asked(), []);
    await ask(`/kill confirm ${third}`);
    assert.deepEqual(asked()[0]?.fields.scope, 'symbol:paper:futures:BTCUSDT');
    assert.equal(asked()[0]?.fields.includeLegacy, true);
  });

  test('a scope that is not known is no kill of nothing', async () => {
    const { start, ask, asked } = await bench({ commands: { killPreview: preview } });
    start();
    for (const scope of [
      'DOGEUSDT',
      'symbol:paper:futures:DOGE',
      'account:paper:spot',
      'side:paper:futures:LONG',
      'x y',
    ]) {
      assert.match(await ask(`/kill ${scope}`), /Nothing was done/, scope);
    }
    assert.match(await ask('/kill paper:futures'), /KILL account:paper:futures\?/);
    assert.match(await ask('/kill detector:d1'), /KILL detector:d1\?/);
    assert.deepEqual(asked(), []);
  });
});
