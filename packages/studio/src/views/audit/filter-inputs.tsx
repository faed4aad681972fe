import type { Severity } from '@inspector/contract';
import { closeCodes, decisionCodes, severities } from '@inspector/contract/codes';
import { useId, useState } from 'react';
import { useStudioData } from '#data/index.ts';
import { LazyInput } from '#design/index.ts';
import { severityNames } from './filter-names.ts';

/** Codes offered while one is typed; a code of another kind can be typed all the same. */
const offeredCodes = [
  ...new Set([...decisionCodes, ...closeCodes, 'ENTRY', 'STOP', 'TARGET', 'FILLED', 'REJECTED']),
].toSorted();

/** Symbols offered at once. */
const OFFERED_SYMBOLS = 200;

interface SeveritySelectProps {
  value: Severity;
  onChange(value: Severity): void;
  className: string;
  id?: string;
}

export function SeveritySelect({ value, onChange, ...rest }: SeveritySelectProps) {
  return (
    <select {...rest} aria-label="Severity" value={value} onChange={({ target }) => onChange(target.value as Severity)}>
      {severities.map((severity) => (
        <option key={severity} value={severity}>
          {severityNames[severity]}
        </option>
      ))}
    </select>
  );
}

interface TextProps {
  value: string;
  onValue(value: string): void;
  className: string;
  id?: string;
}

export function CodeInput(props: TextProps) {
  const listId = useId();
  return (
    <>
      <LazyInput {...props} list={listId} placeholder="Code" aria-label="Code" />
      <datalist id={listId}>
        {offeredCodes.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
    </>
  );
}

/** Offers the symbols of the records at hand. */
export function SymbolInput({ onValue, ...props }: TextProps) {
  const { trail } = useStudioData();
  const listId = useId();
  const [symbols, setSymbols] = useState<readonly string[]>([]);
  const look = (): void => {
    const seen = new Set(trail.get().records.flatMap(({ symbol }) => (symbol === undefined ? [] : [symbol])));
    setSymbols([...seen].toSorted().slice(0, OFFERED_SYMBOLS));
  };
  return (
    <>
      <LazyInput
        {...props}
        onValue={(value) => onValue(value.toUpperCase())}
        list={listId}
        onFocus={look}
        placeholder="Symbol"
        aria-label="Symbol"
      />
      <datalist id={listId}>
        {symbols.map((symbol) => (
          <option key={symbol} value={symbol} />
        ))}
      </datalist>
    </>
  );
}
