/** The server is gone: what was good a moment ago is not known any more, and the page does not go on saying that it is. */
import { test } from 'node:test';
import { chromiumMissing } from '../find-chromium.ts';
import { openPage } from '../open-page.ts';
import { runningSystem } from '../running-system.ts';

test('a tick does not outlive what it is about', { skip: chromiumMissing() }, async (t) => {
  const system = await runningSystem(t);
  const { page } = await openPage(t);
  await page.goto(system.openUrl);
  const feeds = page.getByRole('region', { name: 'Data', exact: true }).getByRole('listitem');
  const feed = (name: string) => feeds.filter({ hasText: name });
  const ticks = { compared: 'agrees', 'paper:futures': 'fresh', Audit: 'durable' };
  for (const [name, tick] of Object.entries(ticks)) await feed(name).getByText(tick, { exact: true }).first().waitFor();

  await system.kill();
  for (const [name, tick] of Object.entries(ticks)) {
    await feed(name).getByText(tick, { exact: true }).first().waitFor({ state: 'detached' });
    await feed(name).getByText('not known now').first().waitFor();
  }
});
