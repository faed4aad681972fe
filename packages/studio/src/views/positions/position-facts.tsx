import type { PositionRuntimeState } from '@inspector/contract';
import type { ReactNode } from 'react';
import { usePositionValue } from '#data/index.ts';
import { Duration, Figure, Icon, Money, Percent, Time } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { formatQuantity } from '#words/format.ts';
import { stopOrigin, stopOriginNames } from '#words/stop-origin.ts';
import { useMoment } from './moment.tsx';
import { NakedText, Price } from './position-cells.tsx';
import { protectionLook } from './protection-look.ts';

interface FactsProps {
  position: PositionRuntimeState;
}

/** All that is known of a position, in pairs; of a closed one what stays true. */
export function PositionFacts({ position, isOpen }: FactsProps & { isOpen: boolean }) {
  return (
    <>
      {isOpen && <ProtectionFacts position={position} />}
      <OriginFacts position={position} isOpen={isOpen} />
    </>
  );
}

function ProtectionFacts({ position }: FactsProps) {
  const { breakeven, trailing, stopLoss, takeProfit, riskUsd, riskBudgetUsd } = position;
  const { stopDistancePct, markPrice } = usePositionValue(position);
  const look = protectionLook(position);
  const targetPct = takeProfit === null || markPrice === null ? null : Math.abs(takeProfit / markPrice - 1) * 100;
  return (
    <section className="side-place-section" aria-label="Protection">
      <h3 className="side-place-heading">Protection</h3>
      <p className="positions-state">
        <span className={`positions-protection tone-${look.tone}`}>
          <Icon name={look.icon} size={14} />
          {look.name}
        </span>{' '}
        <NakedText position={position} /> <span className="faint">{look.sentence}</span>
      </p>
      <dl className="positions-facts">
        <Fact name="Stop">
          <Price position={position} value={stopLoss} />
          {stopLoss !== null && (
            <span className="soft">
              {stopOriginNames[stopOrigin(position)]}, <Percent value={stopDistancePct} /> away
            </span>
          )}
        </Fact>
        <Fact name="Target">
          <Price position={position} value={takeProfit} />
          {takeProfit !== null && (
            <span className="soft">
              <Percent value={targetPct} /> away
            </span>
          )}
        </Fact>
        <Fact name="Breakeven">
          {breakeven.armed ? (
            <>
              <Price position={position} value={breakeven.price} /> <span className="soft">armed</span>
            </>
          ) : (
            <span className="soft">not armed</span>
          )}
        </Fact>
        <Fact name="Trail">
          {trailing.armed ? (
            <>
              <Price position={position} value={trailing.stop} />
              <span className="soft">
                peak <Price position={position} value={trailing.peak} />
              </span>
            </>
          ) : (
            <span className="soft">off</span>
          )}
        </Fact>
        <Fact name="Lost at the stop">
          {stopLoss === null ? 'not bounded: no stop' : <Money value={riskUsd} />}
          {riskBudgetUsd !== null && (
            <span className="soft">
              of <Money value={riskBudgetUsd} />
            </span>
          )}
        </Fact>
      </dl>
    </section>
  );
}

function OriginFacts({ position, isOpen }: FactsProps & { isOpen: boolean }) {
  const { quantity, entryPrice, entryTime, leverage, accountKey, source, detectorSysname, ownership } = position;
  const { notionalUsd } = usePositionValue(position);
  const now = useMoment();
  return (
    <section className="side-place-section" aria-label="Position">
      <h3 className="side-place-heading">Position</h3>
      <dl className="positions-facts">
        {isOpen && (
          <Fact name="Size">
            <Figure>{formatQuantity(quantity)}</Figure>
            <span className="soft">
              <Money value={notionalUsd} />
            </span>
          </Fact>
        )}
        <Fact name="Entry">
          <Price position={position} value={entryPrice} />
          <span className="soft">
            <Time ts={entryTime} />
          </span>
        </Fact>
        <Fact name="Leverage">
          <Figure>{leverage === null ? '–' : `${leverage}×`}</Figure>
        </Fact>
        <Fact name="Held">
          <Duration ms={isOpen ? Math.max(0, now - entryTime) : position.holdSeconds * 1000} />
          <span className="soft">
            {position.maxHoldSeconds > 0 ? (
              <>
                of <Duration ms={position.maxHoldSeconds * 1000} />
              </>
            ) : (
              'no limit'
            )}
          </span>
        </Fact>
        <Fact name="Owner">
          {ownership} <span className="soft">{detectorSysname ?? source}</span>
        </Fact>
        <Fact name="Account">{accountKey}</Fact>
        <Fact name="Opened by record">
          {position.openedSeq > 0 ? (
            <a href={routeTo('audit', { seq: String(position.openedSeq) })}>{position.openedSeq}</a>
          ) : (
            '–'
          )}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
