/** A process that runs an outbox, killed by its test at any moment. Says `wrote` when QuestDB has confirmed something. */
import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from '../runner/clock.ts';
import { createOutbox } from './outbox.ts';

const [directory = '', appKey = '', url = ''] = process.argv.slice(2);
const outbox = createOutbox({
  url,
  appKey,
  journal: openSqliteJournal({ directory, appKey }),
  directory,
  clock: systemClock,
  log: { info() {}, warn() {}, error() {} },
});
outbox.start();
let { sent } = outbox.state();
setInterval(() => {
  const state = outbox.state();
  if (state.sent === sent) return;
  ({ sent } = state);
  writeSync(1, 'wrote\n');
}, 1);
