import type { Severity } from '@inspector/contract';
import { closeCodes, decisionCodes, severities } from '@inspector/contract/codes';
import { useId, useState } from 'react';
import { useStudioData } from '#data/index.ts';
import { Button, Dialog, Field, Icon } from '#design/index.ts';
import { formatMoment } from '#words/format.ts';
import { type AuditFilter, countFilters, noFilter } from './filter.ts';
import { kindName } from './kind-looks.ts';
import { KindPicker } from './kind-picker.tsx';
import { LazyInput } from './lazy-input.tsx';
import { fromLocalField, toLocalField } from './local-time.ts';

/** Codes offered while one is typed; a code of another kind can be typed all the same. */
const offeredCodes = [
  ...new Set([...decisionCodes, ...closeCodes, 'ENTRY', 'STOP', 'TARGET', 'FILLED', 'REJECTED']),
].toSorted();

/** Symbols offered at once. */
const OFFERED_SYMBOLS = 200;

export interface AuditFiltersProps {
  filter: AuditFilter;
  onChange(change: Partial<AuditFilter>): void;
}

const severityNames: Readonly<Record<Severity, string>> = {
  debug: 'All severities',
  info: 'Info and above',
  warn: 'Warnings and above',
  critical: 'Critical only',
};

/** The filters of the timeline: the usual ones in a row, all of them in a dialog, those in force as chips. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const count = countFilters(filter);
  return (
    <search className="audit-filters">
      <div className="audit-search">
        <Icon name="search" size={14} />
        <LazyInput
          className="field-input"
          id="audit-text"
          placeholder="Search records"
          aria-label="Search the text of records"
          value={filter.text}
          onValue={(text) => onChange({ text })}
        />
      </div>
      <span className="audit-filters-wide">
        <KindPicker kinds={filter.kinds} onChange={(kinds) => onChange({ kinds })} />
        <SeveritySelect
          className="field-input"
          value={filter.severity}
          onChange={(severity) => onChange({ severity })}
        />
        <SymbolInput className="field-input" value={filter.symbol} onValue={(symbol) => onChange({ symbol })} />
        <CodeInput className="field-input" value={filter.code} onValue={(code) => onChange({ code })} />
      </span>
      <Button icon="filter" onPress={() => setOpen(true)} aria-label={`All filters, ${count} in force`}>
        {count === 0 ? 'Filters' : `Filters ${count}`}
      </Button>
      <Chips filter={filter} onChange={onChange} />
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Filters"
        isDismissable
        actions={
          <>
            <Button onPress={() => onChange(noFilter)} isDisabled={count === 0}>
              Clear all
            </Button>
            <Button kind="primary" onPress={() => setOpen(false)}>
              Show records
            </Button>
          </>
        }
      >
        <AllFilters filter={filter} onChange={onChange} />
      </Dialog>
    </search>
  );
}

function AllFilters({ filter, onChange }: AuditFiltersProps) {
  return (
    <div className="audit-filters-form">
      <div className="field">
        <span className="field-label">Kinds</span>
        <KindPicker kinds={filter.kinds} onChange={(kinds) => onChange({ kinds })} />
      </div>
      <Field label="Severity">
        {(control) => (
          <SeveritySelect {...control} value={filter.severity} onChange={(severity) => onChange({ severity })} />
        )}
      </Field>
      <Field label="Code">
        {(control) => <CodeInput {...control} value={filter.code} onValue={(code) => onChange({ code })} />}
      </Field>
      <Field label="Symbol">
        {(control) => <SymbolInput {...control} value={filter.symbol} onValue={(symbol) => onChange({ symbol })} />}
      </Field>
      {(['accountKey', 'positionId', 'traceId'] as const).map((name) => (
        <Field key={name} label={fieldNames[name]}>
          {(control) => (
            <LazyInput {...control} value={filter[name]} onValue={(value) => onChange({ [name]: value })} />
          )}
        </Field>
      ))}
      <Field label="From" help="Your own time zone.">
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            step={1}
            value={toLocalField(filter.from)}
            onChange={({ target }) => onChange({ from: fromLocalField(target.value) })}
          />
        )}
      </Field>
      <Field label="Until" help="Included.">
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            step={1}
            value={toLocalField(filter.to)}
            onChange={({ target }) => onChange({ to: fromLocalField(target.value, { isEnd: true }) })}
          />
        )}
      </Field>
    </div>
  );
}

const fieldNames: Readonly<Record<keyof AuditFilter, string>> = {
  kinds: 'Kind',
  severity: 'Severity',
  code: 'Code',
  symbol: 'Symbol',
  accountKey: 'Account',
  positionId: 'Position',
  traceId: 'Trace',
  text: 'Text',
  from: 'From',
  to: 'Until',
};

function Chips({ filter, onChange }: AuditFiltersProps) {
  const inForce = (Object.keys(noFilter) as (keyof AuditFilter)[]).filter((field) =>
    field === 'kinds' ? filter.kinds.length > 0 : filter[field] !== noFilter[field],
  );
  if (inForce.length === 0) return null;
  return (
    <ul className="audit-chips" aria-label="Filters in force">
      {inForce.map((field) => (
        <li key={field} className="audit-chip">
          <span className="audit-chip-text">
            <span className="faint">{fieldNames[field]}</span> {chipText(filter, field)}
          </span>
          <Button
            kind="quiet"
            size="small"
            icon="close"
            aria-label={`Remove the filter ${fieldNames[field]}`}
            onPress={() => onChange({ [field]: noFilter[field] })}
          />
        </li>
      ))}
    </ul>
  );
}

function chipText(filter: AuditFilter, field: keyof AuditFilter): string {
  const value = filter[field];
  if (typeof value === 'number') return formatMoment(value);
  if (field === 'kinds') return filter.kinds.map(kindName).join(', ');
  if (field === 'severity') return severityNames[filter.severity];
  return String(value);
}

interface SeveritySelectProps {
  value: Severity;
  onChange(value: Severity): void;
  className: string;
  id?: string;
}

function SeveritySelect({ value, onChange, ...rest }: SeveritySelectProps) {
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

function CodeInput(props: TextProps) {
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
function SymbolInput({ onValue, ...props }: TextProps) {
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
