/** A form, and what becomes of what is filled in. */
export interface FormProps {
  /** JSON Schema of an object. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the button says. */
  readonly submit: string;
  readonly disabled?: boolean;
  readonly onSubmit: (data: Readonly<Record<string, unknown>>) => void;
}
