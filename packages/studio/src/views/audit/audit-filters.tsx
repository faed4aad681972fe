import { useState } from 'react';
import { Button, Dialog, Field, Icon, LazyInput } from '#design/index.ts';
import { type AuditFilter, countFilters, noFilter } from './filter.ts';
import { FilterChips } from './filter-chips.tsx';
import { CodeInput, SeveritySelect, SymbolInput } from './filter-inputs.tsx';
import { fieldNames } from './filter-names.ts';
import { KindPicker } from './kind-picker.tsx';
import { fromLocalField, toLocalField } from './local-time.ts';

export interface AuditFiltersProps {
  filter: AuditFilter;
  onChange(change: Partial<AuditFilter>): void;
}

/** The filters of the timeline: the usual ones in a row, all of them in a dialog, those in force as chips. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const count = countFilters(filter);
  return (
    <search className="records-filters">
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
      <FilterChips filter={filter} onChange={onChange} />
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
