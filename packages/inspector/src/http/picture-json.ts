import type { AuditRecord } from '@inspector/contract';
import type { Picture } from '@inspector/engine';

/** Newest records on the dashboard. */
const DASHBOARD_RECORDS = 100;

type Ownership = 'runtime' | 'legacy' | 'all';

/**
 * The parts of the newest picture as JSON, each serialised once for all its readers. A short one is a text, which leaves
 * in one write with its head; a long one is bytes, so that it is not encoded for each reader again.
 */
export interface PictureJson {
  kpi(): string;
  /** Undefined for an account that is not known. */
  accountKpi(accountKey: string): string | undefined;
  dashboard(): Buffer;
  positions(ownership: Ownership): Buffer;
  prices(): Buffer;
  liquidity(): Buffer;
}

export function createPictureJson(
  newest: () => Picture,
  latestRecords: (count: number) => readonly AuditRecord[],
): PictureJson {
  let shown: Picture | undefined;
  const texts = new Map<string, string>();
  const buffers = new Map<string, Buffer>();

  /** The newest picture; what was made of an older one is dropped. */
  function current(): Picture {
    const picture = newest();
    if (picture !== shown) {
      shown = picture;
      texts.clear();
      buffers.clear();
    }
    return picture;
  }

  function text(name: string, part: (picture: Picture) => unknown): string {
    const picture = current();
    let made = texts.get(name);
    if (made === undefined) {
      made = JSON.stringify(part(picture));
      texts.set(name, made);
    }
    return made;
  }

  function bytes(name: string, part: (picture: Picture) => unknown): Buffer {
    const picture = current();
    let made = buffers.get(name);
    if (made === undefined) {
      made = Buffer.from(JSON.stringify(part(picture)));
      buffers.set(name, made);
    }
    return made;
  }

  return {
    kpi: () => text('kpi', (picture) => picture.kpi),
    accountKpi(accountKey) {
      const { accounts } = current();
      if (!Object.hasOwn(accounts, accountKey)) return undefined;
      return text(`kpi of ${accountKey}`, () => accounts[accountKey]);
    },
    dashboard: () => bytes('dashboard', (picture) => dashboardOf(picture, latestRecords(DASHBOARD_RECORDS))),
    positions: (ownership) => bytes(`positions of ${ownership}`, (picture) => positionsOf(picture, ownership)),
    prices: () => bytes('prices', (picture) => picture.prices),
    liquidity: () => bytes('liquidity', (picture) => picture.liquidity),
  };
}

function dashboardOf(picture: Picture, auditTail: readonly AuditRecord[]) {
  const runtimePositions = picture.positions.filter((position) => position.ownership === 'runtime');
  return {
    kpi: picture.kpi,
    runtimePositions,
    activeRuntimeManaged: runtimePositions.length,
    auditTail,
    governor: picture.governor,
    exposure: picture.exposure,
    limits: picture.headroom,
    timestamp: picture.timestamp,
  };
}

function positionsOf({ positions }: Picture, ownership: Ownership) {
  const data = ownership === 'all' ? positions : positions.filter((position) => position.ownership === ownership);
  return { count: data.length, data };
}
