import { isOutdated, useConnection, useExposure, useGovernor, useKpi } from '#data/index.ts';
import { Icon, Money, Percent, toneClass } from '#design/index.ts';
import { connectionWords } from '#page/connection-words.ts';
import { routeTo } from '#page/route.ts';
import { actionLooks } from '#words/code-names.ts';
import { killLook } from '#words/kill-words.ts';
import { SessionMenu } from './session-menu.tsx';

/** Always there: what state the account is in, whether that is still true, and the way to the kill switch. */
export function Strip() {
  const connection = useConnection();
  const { data: governor } = useGovernor();
  const { data: kpi } = useKpi();
  const { data: exposure } = useExposure();
  const words = connectionWords(connection);
  const kill = governor === undefined ? null : killLook(governor.killSwitch);
  const look = governor === undefined ? undefined : actionLooks[governor.action];
  const openPositions = exposure?.reduce((sum, account) => sum + account.openPositions, 0);
  return (
    <header className={isOutdated(connection) ? 'strip is-outdated' : 'strip'}>
      <a
        className={`strip-governor${toneClass(kill?.tone ?? look?.tone ?? 'calm')}`}
        href={routeTo(kill === null ? 'now' : 'kill')}
      >
        <Icon name={kill?.icon ?? look?.icon ?? 'shield'} size={18} />
        <span>
          <span className="visually-hidden">Governor: </span>
          {kill?.short ?? look?.name ?? 'Reading …'}
        </span>
      </a>
      <dl className="strip-figures">
        <div>
          <dt>Equity</dt>
          <dd>
            <Money value={kpi?.currentEquityUsd} />
            {kpi?.equityKnown === false && <span className="is-warn"> last known</span>}
          </dd>
        </div>
        <div>
          <dt>Day</dt>
          <dd>
            <Money value={kpi?.dailyPnlUsd} signed unit="" />{' '}
            <span className="strip-percent">
              <Percent value={kpi?.dailyPnlPct} signed />
            </span>
          </dd>
        </div>
        <div className="strip-wide">
          <dt>Drawdown</dt>
          <dd>
            <Percent value={kpi?.currentDrawdownPct} />
          </dd>
        </div>
        <div className="strip-wide">
          <dt>Positions</dt>
          <dd className="number">{openPositions ?? '–'}</dd>
        </div>
      </dl>
      <div className={`strip-connection${toneClass(words.tone)}`} role="status">
        <Icon name={words.icon} size={14} />
        <span className="strip-connection-text">{words.short}</span>
      </div>
      <SessionMenu />
      <a className="strip-kill" href={routeTo('kill')} title="Opens the kill switch (Shift+K)">
        <Icon name="kill" size={15} />
        <span>Kill switch</span>
      </a>
    </header>
  );
}
