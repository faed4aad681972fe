import { isOutdated, queryKeys, useConnection, useExposure, useKpi, useOldSince } from '#data/index.ts';
import { Icon, Money, Percent, toneClass } from '#design/index.ts';
import { connectionWords, lateWords } from '#page/connection-words.ts';
import { routeTo } from '#page/route.ts';
import { GovernorSign } from './governor-sign.tsx';
import { SessionMenu } from './session-menu.tsx';
import { StripFigure } from './strip-figure.tsx';

/** Always there: what state the account is in, whether that is still true, and the way to the kill switch. */
export function Strip() {
  const connection = useConnection();
  const { data: kpi } = useKpi();
  const { data: exposure } = useExposure();
  const governorSince = useOldSince(queryKeys.governor);
  const kpiSince = useOldSince([...queryKeys.kpi, 'all']);
  const exposureSince = useOldSince(queryKeys.dashboard);
  const isLate = [governorSince, kpiSince, exposureSince].some((since) => since !== null);
  const words = connection.kind === 'live' && isLate ? lateWords : connectionWords(connection);
  const openPositions = exposure?.reduce((sum, account) => sum + account.openPositions, 0);
  return (
    <header className={isOutdated(connection) ? 'strip is-outdated' : 'strip'}>
      <GovernorSign isOutdated={isOutdated(connection)} />
      <dl className="strip-figures">
        <StripFigure name="Equity" oldSince={kpiSince}>
          <Money value={kpi?.currentEquityUsd} />
          {kpi?.equityKnown === false && <span className="is-warn"> last known</span>}
        </StripFigure>
        <StripFigure name="Day" oldSince={kpiSince}>
          <Money value={kpi?.dailyPnlUsd} signed unit="" />{' '}
          <span className="strip-percent">
            <Percent value={kpi?.dailyPnlPct} signed />
          </span>
        </StripFigure>
        <StripFigure name="Drawdown" oldSince={kpiSince} isExtra>
          <Percent value={kpi?.currentDrawdownPct} />
        </StripFigure>
        <StripFigure name="Positions" oldSince={exposureSince} isExtra>
          <span className="number">{openPositions ?? '–'}</span>
        </StripFigure>
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
