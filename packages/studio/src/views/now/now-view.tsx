import { FeedsPanel } from './feeds-panel.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { GovernorPanel } from './governor-panel.tsx';
import { LastRefusal } from './last-refusal.tsx';
import { NearestLimits } from './nearest-limits.tsx';
import { OpenPositions } from './open-positions.tsx';
import { RecentDecisions } from './recent-decisions.tsx';
import './now.css';
import './now-governor.css';

/** What state the account is in, understood in ten seconds. */
export function NowView() {
  return (
    <div className="now">
      <GovernorPanel />
      <FeedsPanel />
      <FiguresPanel />
      <LastRefusal />
      <NearestLimits />
      <OpenPositions />
      <RecentDecisions />
    </div>
  );
}
