import { type FakeAnswer, type FakeCall, type FakeServer, fakeServer } from './fake-server.ts';

export interface FakeWebhook extends FakeServer {
  /** Calls as they came, whatever was answered. */
  calls: FakeCall[];
  /** What is answered from now on. */
  answer: FakeAnswer;
}

/** Takes what is posted; answers 200 until told otherwise. */
export async function fakeWebhook(): Promise<FakeWebhook> {
  const calls: FakeCall[] = [];
  const webhook = { calls, answer: { status: 200, body: 'ok' } as FakeAnswer };
  const server = await fakeServer((call) => {
    calls.push(call);
    return webhook.answer;
  });
  return Object.assign(webhook, server);
}
