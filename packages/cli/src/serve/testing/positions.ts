import { call, type Member } from './pair.ts';

export interface Position {
  positionId: string;
  symbol: string;
  quantity: number;
  status: string;
  protection: { state: string };
}

/** What the venue holds. */
export const positionsOf = async (providerUrl: string): Promise<Position[]> =>
  (await call<{ positions: Position[] }>(providerUrl, '/accounts/paper/futures')).positions.filter(
    ({ quantity }) => quantity > 0,
  );

/** What the Inspector holds to be open. */
export const openOf = async ({ url }: Member): Promise<Position[]> =>
  (await call<{ data: Position[] }>(url, '/inspector/risk/runtime-positions?ownership=all')).data.filter(
    ({ status }) => status !== 'closed',
  );

/** Both hold the same. */
export async function agree(member: Member, providerUrl: string): Promise<boolean> {
  const text = (positions: readonly Position[]) =>
    positions
      .map(({ symbol, quantity }) => `${symbol} ${quantity}`)
      .sort()
      .join();
  return text(await openOf(member)) === text(await positionsOf(providerUrl));
}
