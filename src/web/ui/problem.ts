import { createContext, use } from 'react';

export interface FieldProblem {
  readonly field: string;
  readonly sentence: string;
}

/** A refusal as the server sends it (RFC 9457), as far as a page shows it. */
export interface ShownProblem {
  readonly title: string;
  readonly sentence?: string | undefined;
  readonly kind?: string | undefined;
  readonly fields?: readonly FieldProblem[] | undefined;
}

export interface FormState {
  /** Makes ids of fields unique, so that a summary can link to them. */
  readonly id: string;
  readonly errors: ReadonlyMap<string, string>;
  readonly draft: ReadonlyMap<string, string>;
}

const Form = createContext<FormState | undefined>(undefined);
export const FormProvider = Form.Provider;
export const useForm = (): FormState | undefined => use(Form);

export const fieldId = (form: string, name: string): string => `${form}-${name}`;
