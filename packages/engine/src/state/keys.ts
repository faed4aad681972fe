/** Names of symbols and accounts on the wire, and the integer ids that stand for symbols on the tick path. */
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
  return engine.symbols.ids.get(symbolKeyOf(connectorType, marketType, name)) ?? -1;
}

/** The id that the next `symbol-listed` input has to carry. */
export function symbolCount(engine: Engine): number {
  return engine.symbols.count;
}
