import { useForm } from './form-context.ts';
import type { FormGroup } from './form-field.ts';
import { pointerOf } from './option-tree.ts';

/** The groups with how many of their fields were changed, and how many are wrong. */
export function GroupNav({ shown, onJump }: { shown: readonly FormGroup[]; onJump(pointer: string): void }) {
  const { edit, violations } = useForm();
  const entries = [
    ...shown.map(({ name, label, fields }) => ({ name, label, isEmpty: fields.length === 0 })),
    { name: 'overrides', label: 'Overrides', isEmpty: false },
  ];
  return (
    <nav className="options-nav" aria-label="Groups of options">
      {entries.map(({ name, label, isEmpty }) => {
        const prefix = pointerOf([name]);
        const isIn = ({ pointer }: { pointer: string }) => pointer === prefix || pointer.startsWith(`${prefix}/`);
        const changed = edit.changes.filter(isIn).length;
        const faulty = violations.filter(isIn).length;
        return (
          <button
            key={name}
            type="button"
            className="options-nav-item"
            disabled={isEmpty}
            onClick={() => onJump(prefix)}
          >
            <span className="options-nav-label">{label}</span>
            {faulty > 0 && (
              <span className="options-nav-count is-bad">
                !{faulty}
                <span className="visually-hidden"> wrong</span>
              </span>
            )}
            {changed > 0 && (
              <span className="options-nav-count is-changed">
                {changed}
                <span className="visually-hidden"> changed</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
