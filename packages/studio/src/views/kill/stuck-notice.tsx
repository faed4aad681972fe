import { useHealth, useReconcileState } from '#data/index.ts';
import { Icon } from '#design/index.ts';
import { comparisonsOf } from './account-scope.ts';
import { connectorTroubles, stuckAdvice, stuckReason } from './stuck-words.ts';

interface StuckNoticeProps {
  scopes: readonly string[];
  remaining: { orders: number; positions: number } | null;
}

/** Loud: the account is not flat and a person has to look. */
export function StuckNotice({ scopes, remaining }: StuckNoticeProps) {
  const { data: states } = useReconcileState();
  const { data: health } = useHealth();
  const accounts = states === undefined ? undefined : comparisonsOf(states, scopes);
  return (
    <div className="kill-stuck" role="alert">
      <p className="kill-stuck-reason">
        <Icon name="warn" size={18} /> {stuckReason({ remaining, accounts })}
      </p>
      <ol>
        {stuckAdvice({ remaining, accounts }).map((advice) => (
          <li key={advice}>{advice}</li>
        ))}
      </ol>
      {connectorTroubles(health?.connectors ?? []).map((trouble) => (
        <p className="kill-stuck-words" key={trouble}>
          {trouble}
        </p>
      ))}
    </div>
  );
}
