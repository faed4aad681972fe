import { useId } from 'react';
import { symbolKeyOf, useExposure, usePositions, usePrices } from '#data/index.ts';
import { Choice, Field } from '#design/index.ts';
import { completeScope, type ScopeChoice, type ScopeKind, scopeKinds } from './kill-scope.ts';
import './kill-dialog.css';

const labels: Readonly<Record<ScopeKind, string>> = {
  global: 'Everything',
  account: 'Account',
  symbol: 'Symbol',
  detector: 'Detector',
  side: 'Side',
};

const examples: Readonly<Record<ScopeKind, string>> = {
  global: '',
  account: 'paper:futures',
  symbol: 'paper:futures:BTCUSDT',
  detector: 'trend-1',
  side: 'paper:futures:BTCUSDT:LONG',
};

interface ScopePickerProps {
  choice: ScopeChoice;
  withSide?: boolean;
  onChange(choice: ScopeChoice): void;
}

/** What is covered: everything, or an account, a symbol, a detector, of those seen or typed. */
export function ScopePicker({ choice, withSide = false, onChange }: ScopePickerProps) {
  const known = useKnownNames(choice.kind);
  const listId = useId();
  const kinds: readonly ScopeKind[] = withSide ? [...scopeKinds, 'side'] : scopeKinds;
  const isOdd = choice.name.trim() !== '' && completeScope(choice) === null;
  return (
    <div className="kill-scope">
      <Choice
        label="What is covered"
        value={choice.kind}
        options={kinds.map((kind) => ({ value: kind, label: labels[kind] }))}
        onChange={(kind) => onChange({ kind, name: '' })}
      />
      {choice.kind !== 'global' && (
        <Field label={labels[choice.kind]} errors={isOdd ? [`Has the form ${examples[choice.kind]}.`] : []}>
          {(control) => (
            <>
              <input
                {...control}
                list={listId}
                value={choice.name}
                placeholder={known[0] ?? examples[choice.kind]}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => onChange({ ...choice, name: event.target.value })}
              />
              <datalist id={listId}>
                {known.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
    </div>
  );
}

function useKnownNames(kind: ScopeKind): string[] {
  const { data: exposure = [] } = useExposure();
  const { data: positions = [] } = usePositions('all');
  const { data: prices = {} } = usePrices();
  switch (kind) {
    case 'global':
      return [];
    case 'account':
      return unique([
        ...exposure.map(({ accountKey }) => accountKey),
        ...positions.map(({ accountKey }) => accountKey),
      ]);
    case 'symbol':
      return unique([...positions.map(symbolKeyOf), ...Object.keys(prices)]);
    case 'side':
      return unique(positions.map((position) => `${symbolKeyOf(position)}:${position.side}`));
    case 'detector':
      return unique(positions.flatMap(({ detectorSysname }) => detectorSysname ?? []));
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
