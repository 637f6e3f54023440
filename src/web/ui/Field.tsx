import { ChevronDown } from 'lucide-react';
import { createContext, use, useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { Icon } from './Icon.tsx';
import { fieldId, useForm } from './problem.ts';
import { StatusShape } from './Status.tsx';

interface FieldState {
  readonly id: string;
  readonly name: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

const Current = createContext<FieldState | undefined>(undefined);

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** Replaces the hint and says what to do next; without it the error of the surrounding form is shown. */
  readonly error?: string | undefined;
  readonly optional?: true;
  readonly children: ReactNode;
};

/** Label above, hint below; the error takes the hint's place and what was typed stays. */
export function Field({ name, label, hint, error, optional, children }: FieldProps) {
  const own = useId();
  const form = useForm();
  const id = form ? fieldId(form.id, name) : own;
  const wrong = error ?? form?.errors.get(name);
  const state = {
    id,
    name,
    invalid: Boolean(wrong),
    describedBy: wrong || hint ? `${id}-says` : undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional ? <span className="opt">optional</span> : null}
      </label>
      <Current value={state}>{children}</Current>
      {wrong ? (
        <span className="err" id={`${id}-says`}>
          <StatusShape state="critical" />
          {wrong}
        </span>
      ) : hint ? (
        <span className="hint" id={`${id}-says`}>
          {hint}
        </span>
      ) : null}
    </div>
  );
}

/** The attributes by which a control belongs to the Field around it, and its kept draft. */
export function useField() {
  const field = use(Current);
  const form = useForm();
  return {
    draft: field && form?.draft.get(field.name),
    name: field?.name,
    attributes: {
      id: field?.id,
      'aria-invalid': field?.invalid || undefined,
      'aria-describedby': field?.describedBy,
    },
  };
}

type InputProps = InputHTMLAttributes<HTMLInputElement>;

export function Input({ defaultValue, className, ...rest }: InputProps) {
  const { draft, name, attributes } = useField();
  const start = rest.value === undefined ? { defaultValue: draft ?? defaultValue } : {};
  return <input name={name} {...attributes} {...rest} {...start} className={className ? `inp ${className}` : 'inp'} />;
}

export function Textarea({ defaultValue, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { draft, name, attributes } = useField();
  const start = rest.value === undefined ? { defaultValue: draft ?? defaultValue } : {};
  return <textarea name={name} rows={3} {...attributes} {...rest} {...start} className="inp" />;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & {
  readonly options: readonly Option[];
  readonly none?: string;
};

/** A closed list, drawn by the browser; `none` is the line that chooses nothing. */
export function Select({ options, none, defaultValue, ...rest }: SelectProps) {
  const { draft, name, attributes } = useField();
  const start = rest.value === undefined ? { defaultValue: draft ?? defaultValue } : {};
  return (
    <span className="pick">
      <select name={name} {...attributes} {...rest} {...start} className="inp">
        {none === undefined ? null : <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={14} />
    </span>
  );
}

type CheckboxProps = Omit<InputProps, 'type'> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

export function Checkbox({ label, hint, ...rest }: CheckboxProps) {
  const form = useForm();
  const drafted = rest.name ? form?.draft.get(rest.name) : undefined;
  const start = rest.checked === undefined ? { defaultChecked: drafted === undefined ? rest.defaultChecked : drafted !== '' } : {};
  return (
    <label className="check">
      <input {...rest} {...start} type="checkbox" />
      <span>{label}</span>
      {hint ? <span className="hint">{hint}</span> : null}
    </label>
  );
}
