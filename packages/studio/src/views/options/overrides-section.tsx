import { useState } from 'react';
import { usePositions, usePrices } from '#data/index.ts';
import { Button, Choice } from '#design/index.ts';
import { useForm } from './form-context.ts';
import { isObject, type JsonObject, pointerOf, valueAt } from './option-tree.ts';
import { OverrideCard } from './override-card.tsx';

const kinds = [
  { value: 'symbols', label: 'Symbols', one: 'symbol', example: 'BTCUSDT' },
  { value: 'detectors', label: 'Detectors', one: 'detector', example: 'trend-1' },
  { value: 'accounts', label: 'Accounts', one: 'account', example: 'paper:futures' },
] as const;
type Kind = (typeof kinds)[number]['value'];

const emptyMap: JsonObject = {};
/** As the schema has it: no spaces, at most 200 characters. */
const namePattern = /^(?!__proto__$)[^\s\p{Cc}]{1,200}$/u;

/** Other values for a symbol, a detector or an account. */
export function OverridesSection() {
  const { edit, isReadOnly, marked, search } = useForm();
  const linkedKind = kinds.find(({ value }) => marked?.startsWith(`/overrides/${value}`) === true)?.value;
  const [chosen, setChosen] = useState<{ kind: Kind; marked: string | null }>({ kind: 'symbols', marked: null });
  const kind = linkedKind !== undefined && chosen.marked !== marked ? linkedKind : chosen.kind;
  const { one, example } = kinds.find(({ value }) => value === kind) ?? kinds[0];
  const mapOf = (each: Kind): JsonObject => {
    const map = valueAt(edit.edited, ['overrides', each]);
    return isObject(map) ? map : emptyMap;
  };
  const names = Object.keys(mapOf(kind)).sort();
  const isFound = (name: string) => name.toLowerCase().includes(search.trim().toLowerCase());
  const shown = names.some(isFound) ? names.filter(isFound) : names;
  const mayLoosen = valueAt(edit.edited, ['general', 'allowLoosening']) === true;
  return (
    <section className="options-group panel" aria-label="Overrides" data-pointer={pointerOf(['overrides'])}>
      <header className="options-group-head">
        <h2>Overrides</h2>
        <p className="faint">
          Symbol wins over detector over account over the base.{' '}
          {mayLoosen
            ? 'Overrides may loosen: the override counts.'
            : 'The stricter of base and override counts; a looser override has no effect.'}
        </p>
      </header>
      <div className="options-overrides">
        <div className="options-overrides-head">
          <Choice
            label="Overrides by"
            value={kind}
            options={kinds.map(({ value, label }) => ({
              value,
              label: `${label} ${Object.keys(mapOf(value)).length}`,
            }))}
            onChange={(next) => setChosen({ kind: next, marked })}
          />
          {!isReadOnly && (
            <AddName
              key={kind}
              kind={kind}
              one={one}
              example={example}
              taken={names}
              onAdd={(name) => edit.set(['overrides', kind, name], {})}
            />
          )}
        </div>
        {shown.length === 0 && (
          <p className="options-nothing">No override of a {one}: the values above hold for all of them.</p>
        )}
        {shown.map((name) => (
          <OverrideCard key={name} kind={kind} name={name} />
        ))}
      </div>
    </section>
  );
}

interface AddNameProps {
  kind: Kind;
  one: string;
  example: string;
  taken: readonly string[];
  onAdd(name: string): void;
}

function AddName({ kind, one, example, taken, onAdd }: AddNameProps) {
  const [name, setName] = useState('');
  const known = useKnownNames(kind);
  const trimmed = name.trim();
  const fault =
    trimmed === ''
      ? null
      : taken.includes(trimmed)
        ? 'Has an override already.'
        : namePattern.test(trimmed)
          ? null
          : 'No spaces.';
  const add = (): void => {
    if (trimmed === '' || fault !== null) return;
    onAdd(trimmed);
    setName('');
  };
  return (
    <form
      className="options-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        className="field-input"
        value={name}
        list={`options-known-${kind}`}
        placeholder={`Add a ${one}: ${example}`}
        aria-label={`Name of the ${one}`}
        aria-invalid={fault !== null}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <datalist id={`options-known-${kind}`}>
        {known
          .filter((each) => !taken.includes(each))
          .map((each) => (
            <option key={each} value={each} />
          ))}
      </datalist>
      <Button type="submit" isDisabled={trimmed === '' || fault !== null}>
        Add
      </Button>
      <span className="is-warn options-add-fault" role="status">
        {fault}
      </span>
    </form>
  );
}

/** Names that were seen, to choose from; any other may be typed. */
function useKnownNames(kind: Kind): string[] {
  const { data: prices } = usePrices();
  const { data: positions } = usePositions('all');
  switch (kind) {
    case 'symbols':
      return [...new Set(Object.values(prices ?? {}).map(({ symbol }) => symbol))].sort();
    case 'accounts': {
      const ofPrices = Object.values(prices ?? {}).map(
        ({ connectorType, marketType }) => `${connectorType}:${marketType}`,
      );
      return [...new Set([...ofPrices, ...(positions ?? []).map(({ accountKey }) => accountKey)])].sort();
    }
    case 'detectors':
      return [...new Set((positions ?? []).flatMap(({ detectorSysname }) => detectorSysname ?? []))].sort();
  }
}
