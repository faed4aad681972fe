import { type InputHTMLAttributes, useEffect, useRef, useState } from 'react';

/** What is typed takes effect after this pause, or at once by Enter or by leaving the field. */
const PAUSE_MS = 250;

export interface LazyInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  value: string;
  onValue(value: string): void;
}

/** A field whose value stands in the address: typing does not write there at every key. */
export function LazyInput({ value, onValue, ...rest }: LazyInputProps) {
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const give = (text: string): void => {
    clearTimeout(timer.current);
    if (text.trim() !== value) onValue(text.trim());
  };
  return (
    <input
      {...rest}
      value={draft}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) => {
        setDraft(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => give(target.value), PAUSE_MS);
      }}
      onBlur={() => give(draft)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') give(draft);
      }}
    />
  );
}
