import { type KeyboardEvent, useState } from 'react';
import { Icon } from '#design/index.ts';
import type { Json } from './option-tree.ts';
import type { ControlProps } from './value-control.tsx';

const wordsOf = (value: Json): string[] => (Array.isArray(value) ? (value as readonly Json[]).map(String) : []);

/** Assets may be pasted with commas; a correlated group holds commas itself. */
const partsOf = (text: string, hasCommas: boolean): string[] =>
  (hasCommas ? text.split(/[;\n]/) : text.split(/[\s,;]+/)).map((part) => part.trim()).filter(Boolean);

/** A list of words: each with a button that takes it out, and a field that adds. */
export function ListControl({ field, value, isReadOnly, isInvalid, id, describedBy, onChange }: ControlProps) {
  const [text, setText] = useState('');
  const items = wordsOf(value);
  const hasCommas = field.path === 'riskManagement.correlatedGroups';
  const add = (): void => {
    const known = new Set(items.map((item) => item.toUpperCase()));
    const fresh = partsOf(text, hasCommas).filter((part) => !known.has(part.toUpperCase()));
    setText('');
    if (fresh.length > 0) onChange([...items, ...new Set(fresh)]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && items.length > 0) onChange(items.slice(0, -1));
  };
  return (
    <div className="options-list">
      {items.map((item, index) => (
        <span className="options-chip" key={item}>
          {item}
          {!isReadOnly && (
            <button
              type="button"
              aria-label={`Take out ${item}`}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              <Icon name="close" size={10} />
            </button>
          )}
        </span>
      ))}
      {isReadOnly && items.length === 0 && <span className="faint">none</span>}
      {!isReadOnly && (
        <input
          id={id}
          className="field-input options-list-input"
          value={text}
          placeholder={hasCommas ? 'BTC,ETH' : 'Add …'}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
      )}
    </div>
  );
}
