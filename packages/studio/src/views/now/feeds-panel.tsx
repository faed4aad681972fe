import type { ConnectorHealth, ReconciliationState } from '@inspector/contract';
import type { ReactNode } from 'react';
import {
  isOutdated,
  useAuditCopy,
  useConnection,
  useGovernor,
  useHealth,
  useReconcileState,
  useServerNow,
  useSystemState,
  useTrail,
} from '#data/index.ts';
import { Badge, ErrorState, Panel, type Tone, Waiting } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { formatCount, formatDuration, formatRoughly } from '#words/format.ts';

/** An event younger than this is of now. */
const NOW_MS = 2_000;

/** Whether what is decided by is fresh: connectors, the comparison with the venue, the trail and its copy. */
export function FeedsPanel() {
  const { data: health, error, refetch } = useHealth();
  const { data: reconciled = [] } = useReconcileState();
  return (
    <Panel title="Data" flush scrolling>
      {health === undefined ? (
        error === null ? (
          <Waiting height={150} label="Connectors" />
        ) : (
          <ErrorState title="Health cannot be read" error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ul className="now-feeds">
          {health.connectors.map((connector) => (
            <ConnectorFeed key={`${connector.connectorType}:${connector.marketType}`} connector={connector} />
          ))}
          {reconciled.map((account) => (
            <ComparisonFeed key={account.accountKey} account={account} />
          ))}
          <TrailFeed />
          {health.startupReasons.map((reason) => (
            <Feed key={reason} name="Start-up" tone="warn" word="waiting">
              {reason}
            </Feed>
          ))}
          <Degraded />
        </ul>
      )}
    </Panel>
  );
}

function ConnectorFeed({ connector }: { connector: ConnectorHealth }) {
  const now = useServerNow();
  const { connectorType, marketType, ok, lastEventAt, lagMs, reason } = connector;
  const ageMs = lastEventAt === null ? null : Math.max(0, now - lastEventAt);
  const age = ageMs === null ? 'no event yet' : ageMs < NOW_MS ? 'event now' : `last event ${formatRoughly(ageMs)} ago`;
  const lag = lagMs === null ? '' : `, lag ${formatDuration(Math.max(0, lagMs))}`;
  return (
    <Feed name={`${connectorType}:${marketType}`} tone={ok ? 'good' : 'bad'} word={ok ? 'fresh' : 'not ok'}>
      {reason ?? age + lag}
    </Feed>
  );
}

function ComparisonFeed({ account }: { account: ReconciliationState }) {
  const now = useServerNow();
  const { accountKey, reconciled, lastOk, lastAt, differences } = account;
  const isGood = reconciled && lastOk && differences.length === 0;
  const when = lastAt === null ? 'never yet' : `${formatRoughly(Math.max(0, now - lastAt))} ago`;
  const word = !reconciled ? 'unknown' : differences.length > 0 ? 'differs' : lastOk ? 'agrees' : 'no answer';
  return (
    <Feed name="Venue" tone={isGood ? 'good' : 'bad'} word={word}>
      {accountKey} compared {when}
      {differences.length > 0 && `, ${differences.length} differences`}
    </Feed>
  );
}

function TrailFeed() {
  const lastSeq = useTrail((trail) => trail.lastSeq);
  const { data: copy, error } = useAuditCopy();
  const isCopyAway = error?.code === 'QUESTDB_UNAVAILABLE';
  const store = copy?.source === 'questdb' ? `, QuestDB ${formatCount(copy.lag)} behind` : '';
  return (
    <Feed
      name="Audit"
      tone={isCopyAway ? 'warn' : 'good'}
      word={isCopyAway ? 'copy away' : 'durable'}
      href={routeTo('audit')}
    >
      record {formatCount(lastSeq)}
      {isCopyAway ? ', QuestDB does not answer' : store}
    </Feed>
  );
}

/** What works with something missing; locks are the governor's business and stand there. */
function Degraded() {
  const { data: system } = useSystemState();
  const { data: governor } = useGovernor();
  const known = new Set([...(governor?.reasons ?? []), ...(governor?.locks ?? []).map(({ code }) => code)]);
  const reasons = [...(system?.health.degradedReasons ?? []), ...(system?.health.blockedReasons ?? [])];
  return reasons
    .filter((reason) => !known.has(reason))
    .map((reason) => (
      <Feed key={reason} name="Service" tone="warn" word="degraded">
        {reason}
      </Feed>
    ));
}

interface FeedProps {
  name: string;
  tone: Tone;
  word: string;
  href?: string;
  children: ReactNode;
}

function Feed({ name, tone, word, href, children }: FeedProps) {
  const connection = useConnection();
  // What was good may have ended unseen; what was bad is still what a person has to look into.
  const isForgotten = tone === 'good' && isOutdated(connection);
  return (
    <li className="now-feed">
      <span className="now-feed-name">{href === undefined ? name : <a href={href}>{name}</a>}</span>
      <span className="now-feed-text number">{children}</span>
      {isForgotten ? (
        <Badge tone="calm" icon="clock">
          not known now
        </Badge>
      ) : (
        <Badge tone={tone} icon={tone === 'good' ? 'check' : 'warn'}>
          {word}
        </Badge>
      )}
    </li>
  );
}
