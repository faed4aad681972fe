import { Badge, Button } from '#design/index.ts';
import type { Change } from './changes.ts';
import { directionOf } from './direction.ts';
import { placeLabel, placeOf } from './field-lookup.ts';
import { valueWords } from './field-value.ts';
import { useForm } from './form-context.ts';

interface ChangeListProps {
  label: string;
  changes: readonly Change[];
  /** Words over the two columns of values. */
  heads?: readonly [string, string];
  onJump?: ((pointer: string) => void) | undefined;
  onUndo?: ((change: Change) => void) | undefined;
}

/** Changes, a line each: where, from what, to what, and which way a limit went. */
export function ChangeList({ label, changes, heads = ['Was', 'Becomes'], onJump, onUndo }: ChangeListProps) {
  const { fields } = useForm();
  return (
    <table className="options-changes" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Option</th>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
          <th scope="col">
            <span className="visually-hidden">Direction</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const place = placeOf(fields, change.steps);
          const name = placeLabel(place);
          return (
            <tr key={change.pointer}>
              <th scope="row">
                {onJump === undefined ? (
                  name
                ) : (
                  <button type="button" onClick={() => onJump(change.pointer)}>
                    {name}
                  </button>
                )}
              </th>
              <td className="number options-value">{valueWords(place.field, change.before)}</td>
              <td className="number options-value">
                <span className="faint" aria-hidden="true">
                  →{' '}
                </span>
                {valueWords(place.field, change.after)}
              </td>
              <td className="options-changes-end">
                <DirectionBadge change={change} />
                {onUndo !== undefined && (
                  <Button size="small" kind="quiet" aria-label={`Undo: ${name}`} onPress={() => onUndo(change)}>
                    Undo
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function DirectionBadge({ change }: { change: Change }) {
  const { fields } = useForm();
  const { field } = placeOf(fields, change.steps);
  const { before, after } = change;
  if (field === undefined || before === undefined || after === undefined) {
    return <Badge>{before === undefined ? 'new' : after === undefined ? 'removed' : 'changed'}</Badge>;
  }
  switch (directionOf(field, before, after)) {
    case 'looser':
      return (
        <Badge tone="warn" icon="up">
          looser
        </Badge>
      );
    case 'stricter':
      return (
        <Badge tone="good" icon="down">
          stricter
        </Badge>
      );
    case 'invalid':
      return (
        <Badge tone="bad" icon="warn">
          not valid
        </Badge>
      );
    case 'none':
      return <Badge>changed</Badge>;
  }
}
