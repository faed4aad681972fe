import { memo, useId } from 'react';
import { Button, Icon } from '#design/index.ts';
import { type Direction, directionOf } from './direction.ts';
import { boundWords, valueWords } from './field-value.ts';
import type { FormField } from './form-field.ts';
import { HelpText } from './help-text.tsx';
import { type Json, pointerOf, type Steps, sameValue } from './option-tree.ts';
import { ValueControl } from './value-control.tsx';

export interface FieldRowProps {
  field: FormField;
  /** Where the value stands; in an override other than the field's own place. */
  steps: Steps;
  value: Json;
  /** What the edit began with; undefined where there was nothing. */
  before: Json | undefined;
  /** Joined by line ends, so that equal ones are equal. */
  errors: string;
  isReadOnly: boolean;
  isMarked: boolean;
  /** Of an override: the value for everybody. */
  baseValue?: Json;
  onChange(steps: Steps, value: Json): void;
  onUndo(steps: Steps): void;
  /** Of an override: takes the field out. */
  onRemove?(steps: Steps): void;
}

/** A field: what it is, its control, and how it stands to the version in force and to its default. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { field, steps, value, before, errors, isReadOnly, isMarked, baseValue, onChange, onUndo, onRemove } = props;
  const id = useId();
  const isChanged = !sameValue(before, value);
  const faults = errors === '' ? [] : errors.split('\n');
  const names = ['options-row', `is-${field.kind}`];
  if (isChanged) names.push('is-changed');
  if (faults.length > 0) names.push('is-faulty');
  if (isMarked) names.push('is-marked');
  return (
    <div className={names.join(' ')} data-pointer={pointerOf(steps)}>
      <div className="options-row-words">
        <div className="options-row-label">
          <label htmlFor={id}>{field.label}</label>
          <code className="options-row-name">{field.path}</code>
        </div>
        <p className="options-row-help" id={`${id}-help`}>
          <HelpText text={field.description} />
        </p>
      </div>
      <div className="options-row-control">
        <ValueControl
          field={field}
          value={value}
          isReadOnly={isReadOnly}
          isInvalid={faults.length > 0}
          id={id}
          describedBy={`${id}-help ${id}-errors`}
          onChange={(next) => onChange(steps, next)}
        />
        <div className="options-row-errors" id={`${id}-errors`}>
          {faults.map((fault) => (
            <p className="field-error" key={fault}>
              <Icon name="warn" size={11} /> {fault}
            </p>
          ))}
        </div>
      </div>
      <div className="options-row-state">
        {isChanged ? (
          <ChangedState field={field} before={before} after={value} isFaulty={faults.length > 0} />
        ) : (
          <RestingState field={field} value={value} baseValue={baseValue} />
        )}
        {!isReadOnly && isChanged && before !== undefined && (
          <Button
            size="small"
            kind="quiet"
            onPress={() => onUndo(steps)}
            aria-label={`Undo the change of ${field.label}`}
          >
            Undo
          </Button>
        )}
        {!isReadOnly && onRemove !== undefined && (
          <Button
            size="small"
            kind="quiet"
            icon="close"
            aria-label={`Take ${field.label} out of the override`}
            onPress={() => onRemove(steps)}
          />
        )}
      </div>
    </div>
  );
});

interface ChangedStateProps {
  field: FormField;
  before: Json | undefined;
  after: Json;
  isFaulty: boolean;
}

function ChangedState({ field, before, after, isFaulty }: ChangedStateProps) {
  const direction = before === undefined || isFaulty ? 'none' : directionOf(field, before, after);
  return (
    <p className="options-row-was">
      <span className={directionClasses[direction]}>{before === undefined ? 'Added' : directionWords[direction]}</span>
      {before !== undefined && <span className="faint"> was {valueWords(field, before)}</span>}
    </p>
  );
}

const directionClasses: Readonly<Record<Direction, string>> = {
  looser: 'is-warn',
  stricter: 'is-good',
  none: 'options-changed-word',
  invalid: 'options-changed-word',
};

const directionWords: Readonly<Record<Direction, string>> = {
  looser: '▲ Looser',
  stricter: '▼ Stricter',
  none: '● Changed',
  invalid: '● Changed',
};

function RestingState({ field, value, baseValue }: { field: FormField; value: Json; baseValue: Json | undefined }) {
  if (baseValue !== undefined) return <p className="faint options-row-was">base {valueWords(field, baseValue)}</p>;
  const bounds = boundWords(field);
  const isDefault = sameValue(value, field.default);
  return (
    <p className="faint options-row-was" title={bounds === '' ? undefined : `Takes ${bounds}`}>
      {isDefault ? 'default' : `default ${valueWords(field, field.default)}`}
      {bounds !== '' && <span className="options-row-bounds">{bounds}</span>}
    </p>
  );
}
