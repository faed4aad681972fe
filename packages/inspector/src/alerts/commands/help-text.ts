export const helpText = [
  '/status: may entries be opened, equity, day, drawdown, kill switch, connectors',
  '/positions: open positions with stop and target',
  '/headroom: how much of each limit is used',
  '/standdown [reason]: shut new entries; exits and stops go on',
  '/standdown off: let entries in again, asks first',
  '/kill [scope]: cancel and close everything in scope and prove that it is flat, asks first',
  'A scope is global (default), a symbol such as BTCUSDT, an account such as paper:futures, or detector:<name>. “legacy” after it closes legacy positions too.',
  'There is no /rearm: what was shut is opened again with a reason through REST or Studio, by somebody who has looked.',
].join('\n');

/** What Telegram's own menu shows. */
export const commandMenu = [
  { command: 'status', description: 'Governor, equity, day, drawdown, kill switch' },
  { command: 'positions', description: 'Open positions with stop and target' },
  { command: 'headroom', description: 'How much of each limit is used' },
  { command: 'standdown', description: 'Shut new entries; “off” lets them in again' },
  { command: 'kill', description: 'Cancel and close everything, asks first' },
  { command: 'help', description: 'What can be asked' },
];
