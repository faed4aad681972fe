import type { GovernorLock, GovernorState } from '@inspector/contract';
import { useState } from 'react';
import { useServerNow } from '#data/index.ts';
import { Badge, Button, EmptyState, Icon, Panel, Time, Waiting } from '#design/index.ts';
import { scopeWords } from '#kill-dialog/kill-scope.ts';
import { routeTo } from '#page/route.ts';
import { useMay, useSession } from '#session/session-context.tsx';
import { actionLooks, codeName } from '#words/code-names.ts';
import { formatRoughly } from '#words/format.ts';
import { EndLockDialog } from './end-lock-dialog.tsx';
import { lockEnd } from './lock-words.ts';
import { StanddownDialog } from './standdown-dialog.tsx';

/** Locks on entries, by limits and by hand: who set them, until when, and the way to end each. */
export function LocksPanel({ governor }: { governor: GovernorState | undefined }) {
  const may = useMay('operator');
  const { caller } = useSession();
  const [isStanding, setStanding] = useState(false);
  const [ending, setEnding] = useState<GovernorLock | null>(null);
  const locks = governor?.locks ?? [];
  const locked = new Set(locks.map(({ code }) => code));
  const unlocked = (governor?.reasons ?? []).filter((code) => !locked.has(code) && code !== 'KILL_SWITCH_ACTIVE');
  return (
    <Panel
      title="Locks and stand-down"
      note={locks.length === 0 ? undefined : `${locks.length} on`}
      flush
      actions={
        may && (
          <Button size="small" icon="stand-down" onPress={() => setStanding(true)}>
            Stand down …
          </Button>
        )
      }
    >
      {governor === undefined ? (
        <Waiting height={96} />
      ) : locks.length === 0 ? (
        <EmptyState icon="allow" title="No lock is on">
          A limit that trips sets one, or somebody who stands down. Exits and protection work under every lock.
        </EmptyState>
      ) : (
        <ul className="kill-locks">
          {locks.map((lock) => (
            <LockLine key={`${lock.code} ${lock.scope}`} lock={lock} mayEnd={may} onEnd={() => setEnding(lock)} />
          ))}
        </ul>
      )}
      {unlocked.map((code) => (
        <p className="kill-lock-note soft" key={code}>
          <Icon name="info" size={13} /> {codeName(code)} refuses by itself while it lasts.{' '}
          <a href={routeTo('headroom', { code })}>Its headroom</a>
        </p>
      ))}
      {!may && (
        <p className="kill-lock-note soft">
          <Icon name="lock" size={13} /> You are {caller.role}: an operator or an admin stands down and re-arms.
        </p>
      )}
      {isStanding && <StanddownDialog onClose={() => setStanding(false)} />}
      {ending !== null && <EndLockDialog lock={ending} onClose={() => setEnding(null)} />}
    </Panel>
  );
}

interface LockLineProps {
  lock: GovernorLock;
  mayEnd: boolean;
  onEnd(): void;
}

function LockLine({ lock, mayEnd, onEnd }: LockLineProps) {
  const { code, scope, action, since, until, actor, reason } = lock;
  const now = useServerNow();
  const look = actionLooks[action];
  const end = lockEnd(lock) === 'stand-down' ? 'End …' : 'Re-arm …';
  return (
    <li className="kill-lock">
      <Badge tone={look.tone} icon={look.icon}>
        {look.name}
      </Badge>
      <div className="kill-lock-words">
        <p>
          <strong>{codeName(code)}</strong> <span className="soft">on {scopeWords(scope)}</span>
        </p>
        <p className="faint">
          since <Time ts={since} /> by {actor}
          {reason === undefined ? '' : `: “${reason}”`}
        </p>
      </div>
      <p className="kill-lock-until number">
        {until === null ? (
          <span className="soft">until ended by hand</span>
        ) : (
          <>
            ends in {formatRoughly(Math.max(0, until - now))}
            <span className="faint">
              {' '}
              at <Time ts={until} />
            </span>
          </>
        )}
      </p>
      {mayEnd && (
        <Button size="small" onPress={onEnd} aria-label={`${end} ${codeName(code)} on ${scopeWords(scope)}`}>
          {end}
        </Button>
      )}
    </li>
  );
}
