import { Note } from '#design/index.ts';
import type { Loosened } from './loosened.ts';

export function LoosenedList({ loosened }: { loosened: readonly Loosened[] }) {
  return (
    <section aria-label="What is loosened">
      <Note tone="warn" icon="up">
        <p>
          <strong>{loosened.length === 1 ? 'This loosens a limit.' : `This loosens ${loosened.length} limits.`}</strong>
        </p>
        <ul className="options-note-list">
          {loosened.map(({ pointer, label, whose, before, after, sentence }) => (
            <li key={pointer}>
              <strong>
                {label}
                {whose === undefined ? '' : `, ${whose}`}
              </strong>{' '}
              from <span className="number">{before}</span> to <span className="number">{after}</span>. {sentence}
            </li>
          ))}
        </ul>
      </Note>
    </section>
  );
}
