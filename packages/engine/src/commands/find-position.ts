/** A position as a call names it: by its id, or by `{connectorType, marketType, accountId?, symbol}`. */
import type { Engine } from '#state/engine.ts';
import { accountKeyOf, symbolIdOf } from '#state/keys.ts';
import type { Position } from '#state/positions.ts';

type Place = { connectorType: string; marketType: string; accountId?: string; symbol: string };

export function findPosition(engine: Engine, named: unknown): Position | undefined {
  if (typeof named === 'string') {
    for (const position of engine.positions.values()) {
      if (position.positionId === named && position.status !== 'closed') return position;
    }
    return undefined;
  }
  if (typeof named !== 'object' || named === null) return undefined;
  const { connectorType, marketType, accountId, symbol } = named as Place;
  const account = engine.accountsByKey.get(accountKeyOf(connectorType, marketType, accountId));
  const serial = account?.positions.get(symbolIdOf(engine, connectorType, marketType, symbol));
  return serial === undefined ? undefined : engine.positions.get(serial);
}
