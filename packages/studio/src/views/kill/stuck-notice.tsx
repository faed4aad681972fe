import type { InspectorHealth } from '@inspector/contract';
import { Icon } from '#design/index.ts';
import { stuckAdvice, stuckReason } from './stuck-advice.ts';

interface StuckNoticeProps {
  remaining: { orders: number; positions: number } | null;
  connectors: InspectorHealth['connectors'];
}

/** Loud: the account is not flat and a person has to look. */
export function StuckNotice({ remaining, connectors }: StuckNoticeProps) {
  return (
    <div className="kill-stuck" role="alert">
      <p className="kill-stuck-reason">
        <Icon name="warn" size={18} /> {stuckReason({ remaining, connectors })}
      </p>
      <ol>
        {stuckAdvice({ remaining, connectors }).map((advice) => (
          <li key={advice}>{advice}</li>
        ))}
      </ol>
    </div>
  );
}
