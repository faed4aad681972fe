import { Icon } from '#design/index.ts';
import { placeLabel, placeOf } from './field-lookup.ts';
import { useForm } from './form-context.ts';
import { stepsOf } from './option-tree.ts';
import type { Violation } from './violations.ts';

/** Everything that is wrong, each with a way to its field. */
export function ViolationList({
  violations,
  onJump,
}: {
  violations: readonly Violation[];
  onJump(pointer: string): void;
}) {
  const { fields } = useForm();
  if (violations.length === 0) return null;
  return (
    <section className="options-violations" aria-label="What is wrong">
      <h2>
        <Icon name="warn" size={14} /> {violations.length === 1 ? '1 value is' : `${violations.length} values are`} not
        accepted
      </h2>
      <ul>
        {violations.map((violation) => (
          <li key={violation.pointer + violation.message}>
            <button type="button" onClick={() => onJump(violation.pointer)}>
              {placeLabel(placeOf(fields, stepsOf(violation.pointer)))}
            </button>
            <span>{violation.message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
