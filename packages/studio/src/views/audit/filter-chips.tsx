import { Button } from '#design/index.ts';
import { formatMoment } from '#words/format.ts';
import { type AuditFilter, noFilter } from './filter.ts';
import { fieldNames, severityNames } from './filter-names.ts';
import { kindName } from './kind-looks.ts';

interface FilterChipsProps {
  filter: AuditFilter;
  onChange(change: Partial<AuditFilter>): void;
}

/** The filters in force, each with the way to be rid of it. */
export function FilterChips({ filter, onChange }: FilterChipsProps) {
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
