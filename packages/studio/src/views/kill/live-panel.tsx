import type { KillSwitchState } from '@inspector/contract';
import { useState } from 'react';
import { useIncident, useLeftInScopes, useServerNow } from '#data/index.ts';
import { Button, Icon, type IconName, type Tone, Waiting } from '#design/index.ts';
import { openKillDialog } from '#kill-dialog/kill-dialog-store.ts';
import { scopeWords } from '#kill-dialog/kill-scope.ts';
import { useMay, useSession } from '#session/session-context.tsx';
import { formatCount, formatDuration, UNKNOWN } from '#words/format.ts';
import { IncidentDialog } from './incident-dialog.tsx';
import { type KillProgress, killProgress } from './kill-progress.ts';
import { joinLeft } from './left-in-scope.ts';
import { LeftTables } from './left-tables.tsx';
import { PhaseSteps } from './phase-steps.tsx';
import { RearmKillForm } from './rearm-kill-form.tsx';
import { StuckNotice } from './stuck-notice.tsx';
import { VenueWords } from './venue-words.tsx';

/** The clock of a running kill moves in tenths. */
const CLOCK_MS = 100;
/** Of the phases, px: the place is there before the report is. */
const STEPS_HEIGHT = 84;

/** A kill that runs or is latched: phases, time, what is left, and what to do next. */
export function LivePanel({ killSwitch }: { killSwitch: KillSwitchState }) {
  const { incidentId = null, since = null, scopes = [], state } = killSwitch;
  const { data: incident } = useIncident(incidentId);
  const may = useMay('operator');
  const { caller } = useSession();
  const [isReport, setReport] = useState(false);
  // The state is told first, the report of it a moment later.
  const isStuck = state === 'STUCK';
  const isFlat = state === 'VERIFIED_FLAT';
  const { data: previews } = useLeftInScopes(
    isFlat || incident === undefined ? null : { scopes, includeLegacy: incident.includeLegacy },
  );
  const left = isFlat || previews === undefined ? null : joinLeft(previews);
  // What the switch tells is of its last phase; the preview is of now.
  const remaining =
    left === null ? (killSwitch.remaining ?? null) : { orders: left.orders.length, positions: left.positions.length };
  const progress = incident === undefined ? null : reportedProgress(killProgress(incident, remaining), isFlat);
  // Nothing is left to widen once everything is covered, legacy too.
  const isWhole = scopes.includes('global') && incident?.includeLegacy === true;
  const look = lookOf({ isStuck, isFlat });
  return (
    <section
      className={`panel kill-state tone-${look.tone}${isStuck ? ' is-stuck' : ''}`}
      aria-label="The kill that is on"
    >
      <div className="kill-state-head">
        <Icon name={look.icon} size={26} />
        <div className="kill-state-words">
          <h2 className="kill-state-title" aria-live="assertive">
            {look.title}
          </h2>
          <p className="soft">
            {scopes.map(scopeWords).join(', ')}
            {incident === undefined ? '' : `, by ${incident.actor}: “${incident.reason}”`}
            {incident?.includeLegacy === true ? '; legacy too' : ''}
          </p>
        </div>
        <Elapsed since={since} progress={progress} isFlat={isFlat} />
      </div>
      {progress === null ? (
        <Waiting height={STEPS_HEIGHT} label="Reading the phases" />
      ) : (
        <PhaseSteps progress={progress} />
      )}
      <dl className="kill-figures">
        <div>
          <dt>Positions left</dt>
          <dd className="number">{formatCount(isFlat ? 0 : remaining?.positions)}</dd>
        </div>
        <div>
          <dt>Orders left</dt>
          <dd className="number">{formatCount(isFlat ? 0 : remaining?.orders)}</dd>
        </div>
        <div>
          <dt>Began again</dt>
          <dd className="number">{restartWords(progress)}</dd>
        </div>
      </dl>
      {isStuck && (
        <>
          <StuckNotice scopes={scopes} remaining={remaining} />
          {left !== null && <LeftTables left={left} />}
          <VenueWords scopes={scopes} since={since ?? 0} />
        </>
      )}
      {isFlat && (
        <p>
          The venue itself shows no order and no position in scope. Entries stay shut out until somebody re-arms;
          something new in scope starts the kill again.
        </p>
      )}
      <div className="kill-state-actions">
        <Button icon="audit" onPress={() => setReport(true)}>
          Incident report
        </Button>
        {may && !isWhole && (
          <Button kind="danger-quiet" onPress={() => openKillDialog()}>
            Widen it …
          </Button>
        )}
      </div>
      {incidentId !== null && may && <RearmKillForm incidentId={incidentId} isFlat={isFlat} />}
      {!may && (
        <p className="soft">
          <Icon name="lock" size={13} /> You are {caller.role}: an operator or an admin re-arms.
        </p>
      )}
      {isReport && incidentId !== null && <IncidentDialog incidentId={incidentId} onClose={() => setReport(false)} />}
    </section>
  );
}

/** Null while the report is of a phase before the one that the switch tells. */
const reportedProgress = (progress: KillProgress, isFlat: boolean): KillProgress | null =>
  isFlat === progress.isFlat ? progress : null;

function restartWords(progress: KillProgress | null): string {
  if (progress === null) return UNKNOWN;
  return progress.restarts === 0 ? 'no' : `${progress.restarts} ×`;
}

function lookOf({ isStuck, isFlat }: { isStuck: boolean; isFlat: boolean }): {
  title: string;
  tone: Tone;
  icon: IconName;
} {
  if (isStuck) return { title: 'STUCK: not flat', tone: 'bad', icon: 'warn' };
  if (isFlat) return { title: 'VERIFIED FLAT', tone: 'violet', icon: 'lock' };
  return { title: 'KILLING', tone: 'bad', icon: 'kill' };
}

interface ElapsedProps {
  since: number | null;
  progress: KillProgress | null;
  isFlat: boolean;
}

function Elapsed({ since, progress, isFlat }: ElapsedProps) {
  const now = useServerNow(isFlat ? 1_000 : CLOCK_MS);
  const flatMs = progress?.steps.find(({ step }) => step === 'VERIFIED_FLAT')?.atMs ?? null;
  const ms = isFlat ? flatMs : since === null ? null : Math.max(0, now - since);
  return (
    <p className="kill-elapsed">
      <span className="faint">{isFlat ? 'Flat after' : 'Running for'}</span>
      <span className="number kill-clock">{ms === null ? UNKNOWN : isFlat ? formatDuration(ms) : clockWords(ms)}</span>
    </p>
  );
}

const clockWords = (ms: number): string => (ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms));
