import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type AuditRecord,
  type Options,
  OptionsSchema,
  type OptionsVersion,
  OverrideSchema,
} from '@inspector/contract';
import { Check } from 'typebox/value';
import type { Journal } from '../journal/journal.ts';

/** Changes that are walked back at most; what is older is not told. A person makes each, so this is years. */
export const VERSIONS_WALKED = 10_000;
/** Taken back between two breaks, under a millisecond. */
const CHANGES_PER_SLICE = 64;

/** Options as they are in force, and their version. */
export interface VersionedOptions {
  options: Options;
  version: number;
}

type Trail = Pick<Journal, 'queryAudit'>;
type Change = OptionsVersion['difference'][number];
type Group = Record<string, unknown>;

/** The newest changes, newest first; `newest` is the version in force. */
export async function optionsVersions(
  journal: Trail,
  newest: number,
  { limit, before = Number.POSITIVE_INFINITY }: { limit: number; before?: number | undefined },
): Promise<OptionsVersion[]> {
  // Every change counts the version by one, so those that are left out before the first to be told are known.
  const leftOut = Math.max(0, newest - before + 1);
  const changes = await newestChanges(journal, leftOut + limit);
  return changes.filter(({ version }) => version < before).slice(0, limit);
}

/**
 * The options of an earlier version: those in force, with every change since then taken back. Undefined when there was no
 * such version, when a change since then is no longer on record, or does not fit what it is said to have led to.
 */
export async function optionsOf(
  journal: Trail,
  wanted: number,
  { inForce, newest }: { inForce: VersionedOptions; newest: number },
): Promise<Options | undefined> {
  if (wanted > inForce.version) return undefined;
  if (wanted === inForce.version) return inForce.options;
  const changes = await newestChanges(journal, newest - wanted);
  const options = structuredClone(inForce.options);
  let { version } = inForce;
  for (const change of changes) {
    if (change.version > inForce.version) continue; // stored after the options were looked at
    if (change.version !== version || !takeBack(options, change.difference)) return undefined;
    version -= 1;
    if (version === wanted) break;
    if (version % CHANGES_PER_SLICE === 0) await nextTurn();
  }
  return version === wanted && Check(OptionsSchema, options) ? options : undefined;
}

async function newestChanges(journal: Trail, count: number): Promise<OptionsVersion[]> {
  const limit = Math.min(count, VERSIONS_WALKED);
  const records = await journal.queryAudit({ kind: 'OPTIONS_CHANGED', limit });
  return records.map(versionOf);
}

function versionOf({ seq, ts, actor = '', data }: AuditRecord): OptionsVersion {
  const { version, difference, reason } = data as Pick<OptionsVersion, 'version' | 'difference' | 'reason'>;
  // A name that every object inherits, such as `constructor`, is recorded without what there was before.
  const whole = difference.map(({ path, from = null, to = null }) => ({ path, from, to }));
  return { version, ts, actor, ...(reason === undefined ? {} : { reason }), difference: whole, seq };
}

/** Where a value stands. */
interface Place {
  group: Group;
  name: string;
}

/** Makes the options what they were before a change; false when they are not what it led to. */
function takeBack(options: Options, difference: OptionsVersion['difference']): boolean {
  const steps: { place: Place; value: unknown }[] = [];
  for (const change of difference) {
    const places = placesOf(options, change).filter(({ group, name }) =>
      isDeepStrictEqual(ownValue(group, name) ?? null, change.to),
    );
    const [place] = places;
    if (place === undefined || places.length > 1) return false;
    steps.push({ place, value: change.from });
  }
  // No path of a change lies under another one, so nothing that is put back takes a place away.
  for (const { place, value } of steps) {
    if (value === null) delete place.group[place.name];
    else place.group[place.name] = value;
  }
  return true;
}

/** Every place that a path can mean: names of symbols and detectors may hold the point that parts its steps. */
function placesOf(options: Options, { path, from, to }: Change): Place[] {
  const [first, kind = '', ...rest] = path.split('.');
  if (first !== 'overrides') return placeUnder(options, path.split('.'));
  const entries = ownValue(options.overrides, kind);
  if (!isGroup(entries)) return [];
  const inside = rest.join('.');
  const fields = Object.keys(entries)
    .filter((name) => inside.startsWith(`${name}.`))
    .map((name) => ({ entry: entries[name], steps: inside.slice(name.length + 1).split('.') }))
    .filter(({ steps }) => Object.hasOwn(OverrideSchema.properties, steps[0] ?? ''))
    .flatMap(({ entry, steps }) => placeUnder(entry, steps));
  const value = from ?? to;
  if (!Check(OverrideSchema, value)) return fields;
  // `{}` is an override and a group of one: of the two, the one whose name is no path is meant. Neither changes anything.
  const isField = fields.length > 0 && Object.keys(value).length === 0 && !Object.hasOwn(entries, inside);
  return isField ? fields : [{ group: entries, name: inside }, ...fields];
}

function placeUnder(top: unknown, steps: readonly string[]): Place[] {
  const name = steps.at(-1) ?? '';
  let group = top;
  for (const step of steps.slice(0, -1)) group = ownValue(group, step);
  return isGroup(group) ? [{ group, name }] : [];
}

const ownValue = (group: unknown, name: string): unknown =>
  isGroup(group) && Object.hasOwn(group, name) ? group[name] : undefined;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
