import { useCallback } from 'react';
import { Button } from '#design/index.ts';
import { FieldRow } from './field-row.tsx';
import { useForm } from './form-context.ts';
import type { FormField } from './form-field.ts';
import { errorsAt } from './group-section.tsx';
import { inForce, isLooser } from './looser.ts';
import { type Json, pointerOf, type Steps, valueAt } from './option-tree.ts';

/** `general` holds for the whole Inspector and cannot be overridden. */
const isOverridable = ({ steps }: FormField): boolean => steps[0] !== 'general';

/** One override: its fields, each beside the value for everybody, and a way to add one. */
export function OverrideCard({ kind, name }: { kind: string; name: string }) {
  const { fields, edit, violations, isReadOnly, marked } = useForm();
  const { set, remove, base, edited } = edit;
  const at: Steps = ['overrides', kind, name];
  const all = [...fields.values()].filter(isOverridable);
  const own = all.filter((field) => valueAt(edited, [...at, ...field.steps]) !== undefined);
  const undo = useCallback(
    (steps: Steps) => {
      const before = valueAt(base, steps);
      if (before !== undefined) set(steps, before);
    },
    [set, base],
  );
  const mayLoosen = valueAt(edited, ['general', 'allowLoosening']) === true;
  const isNew = valueAt(base, at) === undefined;
  const gone = all.filter(
    (field) =>
      valueAt(base, [...at, ...field.steps]) !== undefined && valueAt(edited, [...at, ...field.steps]) === undefined,
  );
  return (
    <article className={isNew ? 'options-override is-new' : 'options-override'} data-pointer={pointerOf(at)}>
      <header className="options-override-head">
        <h3>{name}</h3>
        <span className="faint">
          {isNew ? 'new, ' : ''}
          {own.length} {own.length === 1 ? 'field' : 'fields'}
          {gone.length > 0 && `, taken out: ${gone.map(({ label }) => label).join(', ')}`}
        </span>
        {!isReadOnly && (
          <>
            <AddField fields={all.filter((field) => !own.includes(field))} name={name} onAdd={(field) => add(field)} />
            <Button
              kind="danger-quiet"
              size="small"
              aria-label={`Remove the override of ${name}`}
              onPress={() => remove(at)}
            >
              Remove
            </Button>
          </>
        )}
      </header>
      {own.length === 0 && <p className="options-nothing">No field yet: choose one above.</p>}
      {own.map((field) => {
        const steps = [...at, ...field.steps];
        const value = valueAt(edited, steps) ?? null;
        const baseValue = valueAt(edited, field.steps) ?? null;
        return (
          <div key={field.path}>
            <FieldRow
              field={field}
              steps={steps}
              value={value}
              baseValue={baseValue}
              before={valueAt(base, steps)}
              errors={errorsAt(violations, steps)}
              isReadOnly={isReadOnly}
              isMarked={marked === pointerOf(steps)}
              onChange={set}
              onUndo={undo}
              onRemove={remove}
            />
            {!mayLoosen && isLooser(field, baseValue, value) && (
              <p className="options-vain is-warn">
                ▲ Looser than the base and without effect: {inForceWords(field, baseValue, value)}
              </p>
            )}
          </div>
        );
      })}
    </article>
  );

  function add(field: FormField): void {
    set([...at, ...field.steps], valueAt(edited, field.steps) ?? field.default);
  }
}

const inForceWords = (field: FormField, base: Json, override: Json): string =>
  Array.isArray(inForce(field, { base, override, mayLoosen: false }))
    ? 'both lists count.'
    : 'the base counts while loosening is not allowed.';

function AddField({
  fields,
  name,
  onAdd,
}: {
  fields: readonly FormField[];
  name: string;
  onAdd(field: FormField): void;
}) {
  const { groups } = useForm();
  return (
    <select
      className="field-input options-add-field"
      value=""
      aria-label={`Add a field to the override of ${name}`}
      onChange={(event) => {
        const field = fields.find(({ path }) => path === event.target.value);
        if (field !== undefined) onAdd(field);
      }}
    >
      <option value="">Add a field …</option>
      {groups.map(({ name: group, label }) => {
        const inGroup = fields.filter(({ steps }) => steps[0] === group);
        return (
          inGroup.length > 0 && (
            <optgroup key={group} label={label}>
              {inGroup.map((field) => (
                <option key={field.path} value={field.path}>
                  {field.steps.length > 2 ? `${field.steps[1]}: ${field.label}` : field.label}
                </option>
              ))}
            </optgroup>
          )
        );
      })}
    </select>
  );
}
