import { defaultOptions, type Options } from '@inspector/contract';
import { readOptionsFile } from '@inspector/inspector/options-file';
import { exitCodes } from '#process/exit-codes.ts';
import { operatingError } from '#process/operating-error.ts';
import { violationLines } from '#process/violations.ts';
import { formatCount, formatDuration } from '#terminal/numbers.ts';
import { createProgressBar } from '#terminal/progress-bar.ts';
import { table } from '#terminal/table.ts';
import { runOnce } from './run-once.ts';
import { type DrillScenario, drillScenarios } from './scenarios.ts';

export interface DrillRequest {
  runs: number;
  seed: number;
  scenario?: string[] | undefined;
  options?: string | undefined;
  json?: true | undefined;
}

export interface ScenarioResult {
  name: string;
  about: string;
  runs: number;
  verified: number;
  /** Most that were open and working at a trigger. */
  positions: number;
  orders: number;
  killToFlatMs: { p50: number | null; max: number | null };
  /** Runs that were not as they must be, by seed. */
  failures: { seed: number; faults: string[] }[];
}

/** Runs the drill and reports it. Throws an operating error when a run was not verified flat. */
export function runDrill(request: DrillRequest): void {
  const options = optionsOf(request.options);
  const scenarios = scenariosOf(request.scenario);
  const bar = createProgressBar();
  const total = scenarios.length * request.runs;
  const results = scenarios.map((scenario, index) =>
    drillScenario(scenario, {
      ...request,
      options,
      onRun: (done) => bar.show((index * request.runs + done) / total, `${scenario.name}, run ${formatCount(done)}`),
    }),
  );
  bar.clear();
  process.stdout.write(request.json ? `${JSON.stringify({ scenarios: results })}\n` : report(results));
  const failures = results.flatMap(({ name, failures }) =>
    failures.map(({ seed, faults }) => `${name}, seed ${seed}: ${faults.join('; ')}`),
  );
  if (failures.length === 0) return;
  throw operatingError(`${formatCount(failures.length)} of ${formatCount(total)} runs failed`, {
    code: 'DRILL_FAILED',
    exitCode: exitCodes.failed,
    details: failures.slice(0, FAILURES_SHOWN),
  });
}

const FAILURES_SHOWN = 20;

interface ScenarioRequest extends Pick<DrillRequest, 'runs' | 'seed'> {
  options: Options;
  onRun: (done: number) => void;
}

function drillScenario(scenario: DrillScenario, { runs, seed, options, onRun }: ScenarioRequest): ScenarioResult {
  const times: number[] = [];
  const failures: ScenarioResult['failures'] = [];
  let positions = 0;
  let orders = 0;
  for (let run = 0; run < runs; run += 1) {
    const result = runOnce({ scenario, options, seed: seed + run });
    positions = Math.max(positions, result.positions);
    orders = Math.max(orders, result.orders);
    if (result.killToFlatMs !== null) times.push(result.killToFlatMs);
    if (result.faults.length > 0) failures.push({ seed: seed + run, faults: result.faults });
    onRun(run + 1);
  }
  times.sort((a, b) => a - b);
  return {
    name: scenario.name,
    about: scenario.about,
    runs,
    verified: runs - failures.length,
    positions,
    orders,
    killToFlatMs: { p50: times[Math.floor((times.length - 1) / 2)] ?? null, max: times.at(-1) ?? null },
    failures,
  };
}

function report(results: readonly ScenarioResult[]): string {
  const time = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));
  const rows = results.map(({ name, about, runs, verified, positions, orders, killToFlatMs }) => [
    name,
    `${formatCount(verified)}/${formatCount(runs)}`,
    formatCount(positions),
    formatCount(orders),
    time(killToFlatMs.p50),
    time(killToFlatMs.max),
    about,
  ]);
  const head = ['scenario', 'flat', 'positions', 'orders', 'p50', 'max', 'what the venue does'];
  const title = 'Kill to verified flat, simulated time; positions and orders: the most at a trigger';
  return `${title}\n\n${table([head, ...rows], { alignRight: [1, 2, 3, 4, 5] })}\n`;
}

function optionsOf(file: string | undefined): Options {
  if (file === undefined) return defaultOptions;
  const result = readOptionsFile(file);
  if ('options' in result) return result.options;
  throw operatingError(`the options of ${file} are refused`, {
    code: 'OPTIONS_INVALID',
    exitCode: exitCodes.usage,
    details: violationLines(result.errors),
  });
}

function scenariosOf(names: readonly string[] | undefined): readonly DrillScenario[] {
  if (names === undefined) return drillScenarios;
  return names.map((name) => {
    const found = drillScenarios.find((scenario) => scenario.name === name);
    if (found) return found;
    throw operatingError(
      `there is no scenario ${name}: ${drillScenarios.map((scenario) => scenario.name).join(', ')}`,
      {
        code: 'SCENARIO_UNKNOWN',
        exitCode: exitCodes.usage,
      },
    );
  });
}
