import type { RecordField } from './record-fields.ts';
import './records.css';

/** Fields one under the other, those of a group further in. */
export function FieldList({ fields }: { fields: readonly RecordField[] }) {
  return (
    <dl className="records-fields">
      {fields.map(({ path, label, value, depth, kind }) => (
        <div key={path} className={`is-${kind}`} style={{ paddingInlineStart: 12 * depth }} title={path}>
          <dt>{label}</dt>
          <dd className={kind === 'number' ? 'number' : kind === 'code' ? 'mono' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
