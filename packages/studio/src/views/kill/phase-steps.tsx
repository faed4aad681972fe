import { Icon } from '#design/index.ts';
import { formatDuration } from '#words/format.ts';
import type { KillProgress, KillStep, StepProgress } from './kill-progress.ts';

const words: Readonly<Record<KillStep, { name: string; does: string }>> = {
  TRIGGERED: { name: 'Triggered', does: 'recorded' },
  BLOCKED: { name: 'Blocked', does: 'entries shut out' },
  CANCELLING: { name: 'Cancelling', does: 'orders in scope' },
  CLOSING: { name: 'Closing', does: 'positions at market' },
  VERIFIED_FLAT: { name: 'Verified flat', does: 'shown by the venue' },
};

const stateWords: Readonly<Record<StepProgress['state'], string>> = {
  done: 'done',
  current: 'now',
  waiting: 'to come',
};

/** The five steps to flat, each with when it was reached. */
export function PhaseSteps({ progress }: { progress: KillProgress }) {
  return (
    <ol className="kill-steps">
      {progress.steps.map(({ step, state, atMs }, index) => {
        const isStuck = state === 'current' && progress.isStuck;
        return (
          <li
            key={step}
            className={`kill-step is-${state}${isStuck ? ' is-stuck' : ''}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span className="kill-step-mark">
              {state === 'done' ? (
                <Icon name="check" size={12} />
              ) : isStuck ? (
                <Icon name="warn" size={12} />
              ) : (
                index + 1
              )}
            </span>
            <span className="kill-step-name">{words[step].name}</span>
            <span className="faint">{words[step].does}</span>
            <span className="number kill-step-at">
              {isStuck ? 'stuck' : atMs === null ? stateWords[state] : `+ ${formatDuration(atMs)}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
