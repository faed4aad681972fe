import { createContext, useContext } from 'react';
import type { FormField, FormGroup } from './form-field.ts';
import type { OptionsEdit } from './use-options-edit.ts';
import type { Violation } from './violations.ts';

export interface Form {
  fields: ReadonlyMap<string, FormField>;
  groups: readonly FormGroup[];
  edit: OptionsEdit;
  violations: readonly Violation[];
  isReadOnly: boolean;
  /** Pointer of the field that was jumped to. */
  marked: string | null;
  search: string;
  changedOnly: boolean;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (form === null) throw new Error('used outside of the options editor');
  return form;
}
