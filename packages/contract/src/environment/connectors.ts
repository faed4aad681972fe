import type { ConnectorSpec, VenueCredentials } from './environment.ts';
import { booleanOf, listItems, urlOf } from './values.ts';
import type { VariableReader } from './variable-reader.ts';

/** Connectors that one process may hold; each has its own sockets and timers. */
const maxConnectors = 50;
const grammar = '`paper`, `replay:<file>` or `ccxt:<exchange>:<marketType>`';

/** The connectors of the comma list `CONNECTORS`, with the credentials of the live ones. */
export function connectorsOf(reader: VariableReader): ConnectorSpec[] {
  const items = listItems(reader.text('CONNECTORS') ?? 'paper');
  if (items.length === 0) reader.fail('CONNECTORS', `names no connector: list ${grammar}`);
  if (items.length > maxConnectors) {
    reader.fail('CONNECTORS', `lists ${items.length} connectors, at most ${maxConnectors} are taken`);
    return [];
  }
  const specs: ConnectorSpec[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item)) reader.fail('CONNECTORS', `lists ${JSON.stringify(item)} twice`);
    seen.add(item);
    const spec = connectorOf(reader, item);
    if (spec === undefined) reader.fail('CONNECTORS', `${JSON.stringify(item)} is not ${grammar}`);
    else specs.push(spec);
  }
  return specs;
}

function connectorOf(reader: VariableReader, item: string): ConnectorSpec | undefined {
  if (item === 'paper') return { kind: 'paper' };
  const file = /^replay:(.+)$/.exec(item)?.[1];
  if (file !== undefined) return { kind: 'replay', file };
  const live = /^ccxt:([a-z0-9]{1,40}):([a-z]{1,20})$/.exec(item);
  if (live === null) return undefined;
  const [, exchange = '', marketType = ''] = live;
  return {
    kind: 'ccxt',
    exchange,
    marketType,
    credentials: credentialsOf(reader, exchange),
    symbols: symbolsOf(reader, exchange),
  };
}

/** Symbols that are streamed from the start; each takes sockets, so their number has a bound. */
const maxSymbols = 100;

function symbolsOf(reader: VariableReader, exchange: string): string[] {
  const name = `CCXT_${exchange.toUpperCase()}_SYMBOLS`;
  const symbols = [...new Set(listItems(reader.text(name) ?? ''))];
  if (symbols.length > maxSymbols)
    reader.fail(name, `lists ${symbols.length} symbols, at most ${maxSymbols} are taken`);
  return symbols;
}

function credentialsOf(reader: VariableReader, exchange: string): VenueCredentials {
  const prefix = `CCXT_${exchange.toUpperCase()}`;
  const apiKey = reader.secret(`${prefix}_API_KEY`) ?? null;
  const secret = reader.secret(`${prefix}_SECRET`) ?? null;
  const password = reader.secret(`${prefix}_PASSWORD`) ?? null;
  if (apiKey !== null && secret === null) reader.fail(`${prefix}_SECRET`, `is missing: ${prefix}_API_KEY needs it`);
  if (apiKey === null && secret !== null) reader.fail(`${prefix}_API_KEY`, `is missing: ${prefix}_SECRET is set`);
  if (apiKey === null && secret === null) {
    reader.warn(`${prefix}_API_KEY`, `is not set: ${exchange} gives public data only, its account stays unknown`);
  }
  const url = urlOf(reader, `${prefix}_URL`, { schemes: ['http', 'https'], example: 'https://venue.example' });
  return { apiKey, secret, password, testnet: booleanOf(reader, `${prefix}_TESTNET`), url: url ?? null };
}
