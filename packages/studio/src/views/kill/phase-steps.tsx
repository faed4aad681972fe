import { Icon } from '#design/index.ts';
import { formatCount, formatDuration } from '#words/format.ts';
import type { KillProgress, KillStep, StepProgress } from './kill-progress.ts';

const words: Readonly<Record<KillStep, { name: string; does: string }>> = {
  TRIGGERED: { name: 'Triggered', does: 'recorded' },
  BLOCKED: { name: 'Blocked', does: 'entries shut out' },
  CANCELLING: { name: 'Cancelling', does: 'orders in scope' },
  CLOSING: { name: 'Closing', does: 'positions at market' },
  VERIFIED_FLAT: { name: 'Verified flat', does: 'shown by the venue' },
};

/** The five steps to flat, each with when it was reached, or with what is left of it. */
export function PhaseSteps({ progress }: { progress: KillProgress }) {
  return (
    <ol className="kill-steps">
      {progress.steps.map((step, index) => {
        const isStuck = step.state === 'current' && progress.isStuck;
        return (
          <li
            key={step.step}
            className={`kill-step is-${step.state}${isStuck ? ' is-stuck' : ''}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <span className="kill-step-mark">
              {step.state === 'done' ? (
                <Icon name="check" size={12} />
              ) : isStuck ? (
                <Icon name="warn" size={12} />
              ) : (
                index + 1
              )}
            </span>
            <span className="kill-step-name">{words[step.step].name}</span>
            <span className="faint">{words[step.step].does}</span>
            <span className="number kill-step-at">{stateWords(step, progress.isStuck)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function stateWords({ state, atMs, left }: StepProgress, isStuck: boolean): string {
  if (state === 'waiting') return 'to come';
  if (state === 'done') return atMs === null ? 'done' : `+ ${formatDuration(atMs)}`;
  const underWay = isStuck ? 'stuck' : 'under way';
  return left === 0 ? underWay : `${underWay}, ${formatCount(left)} left`;
}
