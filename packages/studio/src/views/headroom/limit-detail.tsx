import type { HeadroomEntry } from '@inspector/contract';
import type { ReactNode } from 'react';
import { useExposure, useKpi, useOptions } from '#data/index.ts';
import { Badge, Bar, Dialog, Panel } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { actionLooks, codeName, scopeName } from '#words/code-names.ts';
import { formatInUnit, formatNumber, formatRoughly } from '#words/format.ts';
import { nearnessOf } from '#words/headroom-order.ts';
import { limitPolicy, limitSetting } from '#words/limit-setting.ts';
import { limitArithmetic, policyOfCode } from '#words/limit-words.ts';
import { nearnessLooks } from '#words/nearness-looks.ts';
import { tripSentence } from '#words/trip-words.ts';

interface LimitDetailProps {
  entry: HeadroomEntry;
  /** Null: it stands beside the list and is not closed. */
  onClose: (() => void) | null;
}

/** The arithmetic behind a limit's reading, what it does, and the option that sets it. */
export function LimitDetail({ entry, onClose }: LimitDetailProps) {
  if (onClose === null) {
    return (
      <Panel title={codeName(entry.code)} note={scopeName(entry.scope)} scrolling className="headroom-detail">
        <Detail entry={entry} />
      </Panel>
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={`${codeName(entry.code)}, ${scopeName(entry.scope)}`} size="side">
      <Detail entry={entry} />
    </Dialog>
  );
}

function Detail({ entry }: { entry: HeadroomEntry }) {
  const { code, scope, observed, limit, unit, usedPct } = entry;
  const accountKey = accountOf(scope);
  const { data: kpi } = useKpi(accountKey);
  const { data: exposures } = useExposure();
  const exposure = exposures?.find((account) => account.accountKey === accountKey) ?? exposures?.[0];
  const { tone, word } = nearnessLooks[nearnessOf(entry)];
  return (
    <div className="headroom-facts">
      <div className={`headroom-reading tone-${tone}`}>
        <p className="headroom-observed">
          <strong className="number">{formatInUnit(observed, unit)}</strong>
          <span className="soft number">
            {' '}
            of {unit === '%' ? `${formatNumber(limit)} %` : formatInUnit(limit, unit)}
          </span>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <Bar thick percent={usedPct} tone={tone} label={`Use of ${codeName(code)}`} />
      </div>
      <Fact name="Arithmetic">{limitArithmetic(entry, { kpi, exposure })}</Fact>
      <Fact name="Time to trip">{tripSentence(entry)}</Fact>
      <Consequence entry={entry} />
      <Setting entry={entry} />
      <Fact name="Look further">
        <span className="headroom-links">
          <a href={routeTo('decisions', { code })}>Requests refused by it</a>
          {policyOfCode(code) !== null && (
            <a href={routeTo('audit', { kind: 'LIMIT_BREACHED', code })}>Breaches in the audit</a>
          )}
        </span>
      </Fact>
      <p className="faint">
        Code <code>{code}</code>, scope <code>{scope}</code>
      </p>
    </div>
  );
}

function Consequence({ entry: { code, action } }: { entry: HeadroomEntry }) {
  const { data } = useOptions();
  const look = actionLooks[action];
  const policy = data === undefined ? null : limitPolicy(data.options, code);
  return (
    <Fact name="When it is reached">
      <Badge tone={look.tone} icon={look.icon}>
        {look.name}
      </Badge>{' '}
      {policy === null ? 'The entry that would break it is refused; nothing is locked.' : look.sentence}
      {policy !== null && <span className="soft"> {untilWords(policy.until)}</span>}
    </Fact>
  );
}

function Setting({ entry: { code, scope } }: { entry: HeadroomEntry }) {
  const { data } = useOptions();
  const setting = data === undefined ? null : limitSetting(data.options, code, scope);
  if (setting === null || data === undefined) return null;
  const value = typeof setting.value === 'object' ? JSON.stringify(setting.value) : String(setting.value);
  return (
    <Fact name="Set by">
      <a href={routeTo('options', { path: setting.path })}>{setting.path}</a> = <span className="number">{value}</span>
      <span className="soft">
        {setting.override === null ? '' : `, by the override for ${setting.override}`}, options version {data.version}
      </span>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="headroom-fact">
      <h3>{name}</h3>
      <div>{children}</div>
    </section>
  );
}

function untilWords(until: string | number): string {
  if (until === 'manual') return 'It holds until somebody re-arms it.';
  if (until === 'day-end') return 'It holds until the next trading day.';
  if (until === 'while-it-lasts') return 'It holds as long as the breach does.';
  return `It holds for ${formatRoughly(Number(until) * 1000)}.`;
}

/** The account of a scope: `symbol:paper:futures:BTCUSDT` is of `paper:futures`. */
function accountOf(scope: string): string | undefined {
  const [kind, connectorType, marketType, ...rest] = scope.split(':');
  if (connectorType === undefined || marketType === undefined) return undefined;
  if (kind === 'account') return [connectorType, marketType, ...rest].join(':');
  return kind === 'symbol' || kind === 'side' ? `${connectorType}:${marketType}` : undefined;
}
