import { type ReactNode, useId } from 'react';

/** What a control needs to belong to its label, help and errors: spread it onto `input`, `select` or `textarea`. */
export interface ControlProps {
  id: string;
  className: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

export interface FieldProps {
  label: ReactNode;
  /** One sentence under the control. */
  help?: ReactNode;
  /** All that is wrong with the value. */
  errors?: readonly string[];
  /** Stands inside the control, at its end. */
  unit?: string;
  children(control: ControlProps): ReactNode;
}

/** `<Field label="Reason">{(control) => <input {...control} value={…} onChange={…} />}</Field>` */
export function Field({ label, help, errors = [], unit, children }: FieldProps) {
  const id = useId();
  const describedBy = [...(help === undefined ? [] : [`${id}-help`]), ...(errors.length === 0 ? [] : [`${id}-errors`])];
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={unit === undefined ? 'field-control' : 'field-control has-unit'}>
        {children({
          id,
          className: 'field-input',
          'aria-describedby': describedBy.length === 0 ? undefined : describedBy.join(' '),
          'aria-invalid': errors.length > 0,
        })}
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {errors.length > 0 && (
        <div id={`${id}-errors`} role="alert">
          {errors.map((error) => (
            <p className="field-error" key={error}>
              {error}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
