import { useCallback } from 'react';
import { FieldRow } from './field-row.tsx';
import { useForm } from './form-context.ts';
import type { FormField, FormGroup } from './form-field.ts';
import { HelpText } from './help-text.tsx';
import { pointerOf, type Steps, valueAt } from './option-tree.ts';
import { belongsTo, type Violation } from './violations.ts';

/** Messages of a field, joined so that a row renders again only when they are others. */
export const errorsAt = (violations: readonly Violation[], steps: Steps): string =>
  [...new Set(violations.filter((each) => belongsTo(each, steps)).map(({ message }) => message))].join('\n');

export function GroupSection({ group }: { group: FormGroup }) {
  const { edit, violations, isReadOnly, marked } = useForm();
  const { set, base, edited } = edit;
  const undo = useCallback(
    (steps: Steps) => {
      const before = valueAt(base, steps);
      if (before !== undefined) set(steps, before);
    },
    [set, base],
  );
  return (
    <section className="options-group panel" aria-label={group.label} data-pointer={pointerOf([group.name])}>
      <header className="options-group-head">
        <h2>{group.label}</h2>
        <p className="faint">
          <HelpText text={group.description} />
        </p>
      </header>
      {subgroups(group.fields).map(({ title, fields }) => (
        <div key={title ?? ''} className={title === null ? undefined : 'options-subgroup'}>
          {title !== null && <h3 className="options-subgroup-title">{title}</h3>}
          {fields.map((field) => (
            <FieldRow
              key={field.path}
              field={field}
              steps={field.steps}
              value={valueAt(edited, field.steps) ?? null}
              before={valueAt(base, field.steps)}
              errors={errorsAt(violations, field.steps)}
              isReadOnly={isReadOnly}
              isMarked={marked === pointerOf(field.steps)}
              onChange={set}
              onUndo={undo}
            />
          ))}
        </div>
      ))}
    </section>
  );
}

const words: Readonly<Record<string, string>> = {
  dailyLoss: 'Daily loss',
  dailyProfit: 'Daily profit',
  drawdown: 'Drawdown',
  consecutiveLosses: 'Losses in a row',
  lossTradesPerDay: 'Losing trades of the day',
  tradesPerDay: 'Trades of the day',
  exposure: 'Exposure',
};

/** Fields that lie deeper, as those of a policy, under the name that they have in common. */
function subgroups(fields: readonly FormField[]): { title: string | null; fields: FormField[] }[] {
  const groups = new Map<string | null, FormField[]>();
  for (const field of fields) {
    const name = field.steps.length > 2 ? (field.steps[1] ?? null) : null;
    const title = name === null ? null : (words[name] ?? name);
    groups.set(title, [...(groups.get(title) ?? []), field]);
  }
  return [...groups].map(([title, list]) => ({ title, fields: list }));
}
