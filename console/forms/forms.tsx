import Form from '@rjsf/core';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import type { FormProps } from './form-props.ts';
import { validator } from './validator.ts';

/** A form for whatever a schema asks for. */
export function SchemaForm({ schema, submit, disabled = false, onSubmit }: FormProps) {
  const { $schema: _, title: __, ...asked } = schema;
  const uiSchema: UiSchema = { 'ui:submitButtonOptions': { submitText: submit, props: { disabled } } };
  return (
    <Form
      schema={asked as RJSFSchema}
      uiSchema={uiSchema}
      validator={validator}
      noHtml5Validate
      showErrorList={false}
      onSubmit={({ formData }) => onSubmit((formData ?? {}) as Record<string, unknown>)}
    />
  );
}
