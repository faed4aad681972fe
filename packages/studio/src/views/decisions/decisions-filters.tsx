import type { Decision, DecisionCode } from '@inspector/contract';
import { decisionCodes, verdicts } from '@inspector/contract/codes';
import { useId } from 'react';
import type { RequestKind } from '#decision-words/decided-request.ts';
import { outcomeName } from '#decision-words/outcome.tsx';
import { Button, LazyInput } from '#design/index.ts';
import { codeName } from '#words/code-names.ts';
import { formatCount } from '#words/format.ts';
import type { CodeCounts } from './code-counts.ts';
import { countDecisionFilters, type DecisionFilter, noDecisionFilter } from './decision-filter.ts';

/** Codes counted in the row beside the filters; the select has all. */
const CODES_SHOWN = 6;

export interface DecisionsFiltersProps {
  filter: DecisionFilter;
  counts: CodeCounts;
  symbols: readonly string[];
  detectors: readonly string[];
  onChange(change: Partial<DecisionFilter>): void;
}

export function DecisionsFilters({ filter, counts, symbols, detectors, onChange }: DecisionsFiltersProps) {
  const listId = useId();
  return (
    <search className="records-filters decisions-filters">
      <select
        className="field-input"
        aria-label="Outcome"
        value={filter.outcome}
        onChange={({ target }) => onChange({ outcome: target.value as Decision['decision'] | '' })}
      >
        <option value="">All outcomes</option>
        {verdicts.map((verdict) => (
          <option key={verdict} value={verdict}>
            {outcomeName(verdict)}
          </option>
        ))}
      </select>
      <select
        className="field-input"
        aria-label="Kind of request"
        value={filter.kind}
        onChange={({ target }) => onChange({ kind: target.value as RequestKind | '' })}
      >
        <option value="">All requests</option>
        <option value="entry">Entries</option>
        <option value="exit">Exits</option>
        <option value="check">Checks</option>
      </select>
      <select
        className="field-input decisions-filter-code"
        aria-label="Code"
        value={filter.code}
        onChange={({ target }) => onChange({ code: target.value as DecisionCode })}
      >
        <option value="">All codes</option>
        {decisionCodes.map((code) => (
          <option key={code} value={code}>
            {codeName(code)}
          </option>
        ))}
      </select>
      <LazyInput
        className="field-input"
        aria-label="Symbol"
        placeholder="Symbol"
        list={`${listId}symbols`}
        value={filter.symbol}
        onValue={(symbol) => onChange({ symbol: symbol.toUpperCase() })}
      />
      <LazyInput
        className="field-input"
        aria-label="Detector"
        placeholder="Detector"
        list={`${listId}detectors`}
        value={filter.detector}
        onValue={(detector) => onChange({ detector })}
      />
      <Options id={`${listId}symbols`} values={symbols} />
      <Options id={`${listId}detectors`} values={detectors} />
      {countDecisionFilters(filter) > 0 && (
        <Button size="small" icon="close" onPress={() => onChange(noDecisionFilter)}>
          Clear
        </Button>
      )}
      <ul className="decisions-counts" aria-label="Why requests on the page were refused">
        {counts.codes.slice(0, CODES_SHOWN).map(({ code, count }) => (
          <li key={code}>
            <button
              type="button"
              className="decisions-count"
              aria-pressed={filter.code === code}
              onClick={() => onChange({ code: filter.code === code ? '' : code })}
            >
              {codeName(code)} <span className="number">{formatCount(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {filter.code !== '' && (
        <p className="decisions-found-by faint">
          New decisions are found by any rule that they violate, older ones by their first, which is what the server
          looks for.
        </p>
      )}
    </search>
  );
}

function Options({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
