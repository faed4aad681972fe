import { Button } from '#design/index.ts';
import { crossesMidnight, dayWords, weekdays, windowViolations } from './no-trade-window.ts';
import { isObject, type Json, type JsonObject } from './option-tree.ts';
import type { ControlProps } from './value-control.tsx';

const firstWindow: JsonObject = { days: 'all', from: '22:00', to: '23:00', label: '' };

const windowsOf = (value: Json): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).map((window) => (isObject(window) ? window : {})) : [];

/** Times at which nothing is opened, a line each. */
export function WindowsControl({ value, isReadOnly, onChange }: ControlProps) {
  const windows = windowsOf(value);
  const replace = (index: number, window: JsonObject): void =>
    onChange(windows.map((each, at) => (at === index ? window : each)));
  return (
    <div className="options-windows">
      {windows.length === 0 && <p className="faint">No window: entries are judged at every hour.</p>}
      {windows.map((window, index) => (
        <WindowLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a window has no name of its own
          key={index}
          number={index + 1}
          window={window}
          isReadOnly={isReadOnly}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange(windows.filter((_, at) => at !== index))}
        />
      ))}
      {!isReadOnly && (
        <Button size="small" onPress={() => onChange([...windows, firstWindow])}>
          Add a window
        </Button>
      )}
    </div>
  );
}

interface WindowLineProps {
  number: number;
  window: JsonObject;
  isReadOnly: boolean;
  onChange(window: JsonObject): void;
  onRemove(): void;
}

function WindowLine({ number, window, isReadOnly, onChange, onRemove }: WindowLineProps) {
  const { days, from, to, label } = window;
  const chosen: readonly Json[] = days === 'all' ? weekdays : Array.isArray(days) ? days : [];
  const faults = new Map(windowViolations(window).map(({ name, message }) => [name, message]));
  const toggle = (day: string): void => {
    const next = weekdays.filter((each) => (each === day ? !chosen.includes(each) : chosen.includes(each)));
    onChange({ ...window, days: next.length === weekdays.length ? 'all' : next });
  };
  const time = (name: 'from' | 'to', shown: Json | undefined) => (
    <input
      className="field-input options-time"
      value={String(shown ?? '')}
      maxLength={5}
      placeholder="HH:MM"
      readOnly={isReadOnly}
      aria-label={`Window ${number}, ${name}`}
      aria-invalid={faults.has(name)}
      onChange={(event) => onChange({ ...window, [name]: event.target.value })}
    />
  );
  return (
    <fieldset className="options-window">
      <legend className="visually-hidden">Window {number}</legend>
      <span className="options-days">
        {weekdays.map((day) => (
          <button
            key={day}
            type="button"
            className="options-day"
            disabled={isReadOnly}
            aria-pressed={chosen.includes(day)}
            aria-label={`Window ${number}, ${dayWords([day])}`}
            onClick={() => toggle(day)}
          >
            {dayWords([day])}
          </button>
        ))}
      </span>
      <span className="options-times">
        {time('from', from)}
        <span className="faint">to</span>
        {time('to', to)}
      </span>
      <input
        className="field-input options-window-label"
        value={String(label ?? '')}
        maxLength={200}
        placeholder="Label, shown in the refusal"
        readOnly={isReadOnly}
        aria-label={`Window ${number}, label`}
        onChange={(event) => onChange({ ...window, label: event.target.value })}
      />
      {!isReadOnly && (
        <Button size="small" kind="quiet" icon="close" aria-label={`Remove window ${number}`} onPress={onRemove} />
      )}
      <span className={faults.size > 0 ? 'options-window-note is-bad' : 'options-window-note faint'}>
        {faults.size > 0
          ? [...faults.values()].join(' ')
          : crossesMidnight(String(from), String(to))
            ? 'Ends the next day; belongs to the day it begins.'
            : ''}
      </span>
    </fieldset>
  );
}
