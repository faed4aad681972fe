import type { GovernorLock, GovernorState } from '@inspector/contract';
import { useState } from 'react';
import { useServerNow } from '#data/index.ts';
import { Badge, Button, Time } from '#design/index.ts';
import { useMay } from '#session/session-context.tsx';
import { actionLooks } from '#words/code-names.ts';
import { formatDuration, formatWhen } from '#words/format.ts';
import { lockWords } from './governor-reading.ts';
import { RearmDialog } from './rearm-dialog.tsx';

/** Locks that stand out of the panel's height are reached by scrolling in it. */
export function LockList({ governor }: { governor: GovernorState }) {
  const [rearming, setRearming] = useState<GovernorLock | null>(null);
  const mayOperate = useMay('operator');
  const now = useServerNow();
  const { locks, cooldowns } = governor;
  const cooling = cooldowns.filter(({ until }) => until > now);
  if (locks.length === 0 && cooling.length === 0) return null;
  return (
    <ul className="now-locks" aria-label="Locks in force">
      {locks.map((lock) => (
        <li key={`${lock.code} ${lock.scope}`} className="now-lock">
          <Badge tone={actionLooks[lock.action].tone} icon={actionLooks[lock.action].icon}>
            {actionLooks[lock.action].name}
          </Badge>
          <span className="now-lock-what">{lockWords(lock)}</span>
          <span className="now-lock-when soft">
            since <Time ts={lock.since} /> by {lock.actor},{' '}
            {lock.until === null ? 'until re-armed' : `until ${formatWhen(lock.until)}`}
          </span>
          {mayOperate && (
            <Button size="small" onPress={() => setRearming(lock)}>
              {lock.code === 'STAND_DOWN_ACTIVE' ? 'End' : 'Re-arm'}
            </Button>
          )}
        </li>
      ))}
      {cooling.map(({ accountKey, until }) => (
        <li key={accountKey} className="now-lock">
          <Badge tone="warn" icon="clock">
            COOLDOWN
          </Badge>
          <span className="now-lock-what">
            After a losing close <span className="faint">{accountKey}</span>
          </span>
          <span className="now-lock-when soft">entries again in {formatDuration(until - now)}</span>
        </li>
      ))}
      {rearming !== null && <RearmDialog lock={rearming} onClose={() => setRearming(null)} />}
    </ul>
  );
}
