import type { Violation } from '@inspector/contract';
import { decisionCodeSentences } from '@inspector/contract/codes';
import { explainViolation } from '#decision-words/explain.ts';
import type { RefusalFacts } from '#decision-words/facts.ts';
import { Bar } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { codeName, scopeName } from '#words/code-names.ts';
import { formatPercent } from '#words/format.ts';
import { limitOptions } from '#words/limit-options.ts';
import { sentenceCase } from '#words/sentence-case.ts';
import { arithmeticOf } from './arithmetic.ts';

export interface ViolationPartProps {
  violation: Violation;
  facts: RefusalFacts;
  /** It let the request pass under the policy in force. */
  isWarning?: boolean;
  /** Its sentence stands above already. */
  isTold?: boolean;
}

/** One violated rule: what it found, what it allows, how far apart they are, and which option says so. */
export function ViolationPart({ violation, facts, isWarning = false, isTold = false }: ViolationPartProps) {
  const { code, scope } = violation;
  const { what, remedy } = explainViolation(violation, facts);
  const numbers = arithmeticOf(violation, facts.tickSize);
  const options = limitOptions[code] ?? [];
  return (
    <li className="decisions-violation">
      <h4 className="decisions-violation-head">
        <span title={decisionCodeSentences[code]}>{codeName(code)}</span>
        <code className="faint">{code}</code>
        <span className="faint decisions-violation-scope">{scopeName(scope)}</span>
      </h4>
      {!isTold && (
        <p>
          {sentenceCase(what)}. {isWarning ? 'Its policy only warns.' : remedy}
        </p>
      )}
      {numbers !== null && (
        <>
          <dl className="decisions-numbers">
            <div>
              <dt>Observed</dt>
              <dd className="number">{numbers.observed}</dd>
            </div>
            <div>
              <dt>Limit</dt>
              <dd className="number">{numbers.limit}</dd>
            </div>
            <div>
              <dt>
                {numbers.side === 'at the limit' || numbers.side === '' ? 'Distance' : sentenceCase(numbers.side)}
              </dt>
              <dd className="number">{numbers.side === 'at the limit' ? 'at the limit' : numbers.distance}</dd>
            </div>
          </dl>
          {numbers.usedPct !== null && (
            <Bar
              percent={numbers.usedPct}
              tone={numbers.usedPct >= 100 ? 'bad' : 'warn'}
              label={`${codeName(code)}: observed of the limit`}
              valueText={`${formatPercent(numbers.usedPct)} % of the limit`}
            />
          )}
        </>
      )}
      {options.length > 0 && (
        <p className="decisions-options">
          Set by{' '}
          {options.map((path, index) => (
            <span key={path}>
              {index > 0 && ', '}
              <a href={routeTo('options', { path })}>
                <code>{path}</code>
              </a>
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
