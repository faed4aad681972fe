import { useState } from 'react';
import { Switch } from '#design/index.ts';
import { numberText, parsedNumber, untilWords } from './field-value.ts';
import type { FormField } from './form-field.ts';
import { ListControl } from './list-control.tsx';
import type { Json } from './option-tree.ts';
import { WindowsControl } from './windows-control.tsx';

export interface ControlProps {
  field: FormField;
  value: Json;
  isReadOnly: boolean;
  isInvalid: boolean;
  /** Of the input or select, which the label of the row names. */
  id: string;
  describedBy: string;
  onChange(value: Json): void;
}

/** The control that the schema of a field asks for. */
export function ValueControl(props: ControlProps) {
  switch (props.field.kind) {
    case 'number':
    case 'integer':
      return <NumberControl {...props} />;
    case 'boolean':
      return (
        <Switch isSelected={props.value === true} isDisabled={props.isReadOnly} onChange={props.onChange}>
          <span className="options-switch-word">{props.value === true ? 'Yes' : 'No'}</span>
          <span className="visually-hidden">, {props.field.label}</span>
        </Switch>
      );
    case 'enum':
      return <EnumControl {...props} />;
    case 'until':
      return <UntilControl {...props} />;
    case 'text':
      return <TextControl {...props} />;
    case 'list':
      return <ListControl {...props} />;
    case 'windows':
      return <WindowsControl {...props} />;
  }
}

const inputProps = ({ isReadOnly, isInvalid, id, describedBy }: ControlProps) => ({
  id,
  className: 'field-input',
  readOnly: isReadOnly,
  'aria-invalid': isInvalid,
  'aria-describedby': describedBy,
  spellCheck: false,
  autoComplete: 'off',
});

/** While somebody types the text is theirs; then it is the value's. 0 reads "off" where it switches off. */
function NumberControl({ label, ...props }: ControlProps & { label?: string }) {
  const { field, value, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const isOff = field.zeroIsOff && value === 0;
  const unit = field.unit === 'port' || field.unit === 'ratio' ? null : field.unit;
  return (
    <div className="options-number">
      <input
        {...inputProps(props)}
        aria-label={label}
        inputMode="decimal"
        value={typed ?? (isOff ? 'off' : numberText(value))}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(parsedNumber(field, event.target.value));
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        data-off={isOff && typed === null ? '' : undefined}
      />
      {unit !== null && <span className="options-unit">{isOff && typed === null ? '' : unit}</span>}
    </div>
  );
}

function TextControl(props: ControlProps) {
  const { value, onChange, field } = props;
  return (
    <input
      {...inputProps(props)}
      value={String(value ?? '')}
      maxLength={field.maxLength ?? undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function EnumControl({ field, value, isReadOnly, isInvalid, id, describedBy, onChange }: ControlProps) {
  return (
    <select
      id={id}
      className="field-input"
      value={String(value)}
      disabled={isReadOnly}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {field.values.map((word) => (
        <option key={word} value={word}>
          {word.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  );
}

const SECONDS = 'seconds';
const FIRST_SECONDS = 3_600;

function UntilControl(props: ControlProps) {
  const { field, value, isReadOnly, id, onChange } = props;
  const isWord = field.values.includes(String(value));
  return (
    <div className="options-until">
      <select
        id={id}
        className="field-input"
        value={isWord ? String(value) : SECONDS}
        disabled={isReadOnly}
        aria-describedby={props.describedBy}
        onChange={(event) => onChange(event.target.value === SECONDS ? FIRST_SECONDS : event.target.value)}
      >
        {field.values.map((word) => (
          <option key={word} value={word}>
            {untilWords(word)}
          </option>
        ))}
        <option value={SECONDS}>for so many seconds</option>
      </select>
      {!isWord && <NumberControl {...props} id={`${id}-seconds`} label={`${field.label}, seconds`} />}
    </div>
  );
}
