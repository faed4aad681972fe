/** Names of symbols and accounts on the wire, and the integer ids that stand for symbols on the tick path. */
import type { Account } from './accounts.ts';
import type { Engine } from './engine.ts';

/** `connectorType:marketType:SYMBOL` */
export function symbolKeyOf(connectorType: string, marketType: string, name: string): string {
  return `${connectorType}:${marketType}:${name}`;
}

/** `connectorType:marketType`, or `connectorType:marketType:accountId` where the connector has several accounts. */
export function accountKeyOf(connectorType: string, marketType: string, accountId?: string): string {
  return accountId === undefined || accountId === ''
    ? `${connectorType}:${marketType}`
    : `${connectorType}:${marketType}:${accountId}`;
}

/** Id of a listed symbol, −1 when the engine has not been told of it. */
export function symbolIdOf(engine: Engine, connectorType: string, marketType: string, name: string): number {
  const { connectorTypes, marketTypes } = engine.symbols;
  const ids = engine.symbolsByName.get(name);
  if (ids === undefined) return -1;
  for (const id of ids) {
    if (connectorTypes[id] === connectorType && marketTypes[id] === marketType) return id;
  }
  return -1;
}

/** Account of that place, undefined when it was never seen. */
export function accountAt(
  engine: Engine,
  connectorType: string,
  marketType: string,
  accountId?: string,
): Account | undefined {
  const accounts = engine.accountsById.get(accountId ?? '');
  if (accounts === undefined) return undefined;
  for (const account of accounts) {
    if (account.connectorType === connectorType && account.marketType === marketType) return account;
  }
  return undefined;
}

/** Lets `symbolIdOf` find the symbol without making a key of its parts. */
export function indexSymbol(engine: Engine, name: string, id: number): void {
  append(engine.symbolsByName, name, id);
}

/** Lets `accountAt` find it likewise. */
export function indexAccount(engine: Engine, account: Account): void {
  append(engine.accountsById, account.accountId ?? '', account);
}

function append<V>(index: Map<string, V[]>, key: string, value: V): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, [value]);
  else values.push(value);
}

/** The id that the next `symbol-listed` input has to carry. */
export function symbolCount(engine: Engine): number {
  return engine.symbols.count;
}
