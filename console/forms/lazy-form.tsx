import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FormProps } from './form-props.ts';

/** A form made from a schema; the library for it is loaded with the first one. */
export function LazyForm(props: FormProps) {
  const [loaded, setLoaded] = useState<{ readonly Form: ComponentType<FormProps> }>();
  useEffect(() => {
    void import('./forms.tsx').then(({ SchemaForm }) => setLoaded({ Form: SchemaForm }));
  }, []);
  return loaded === undefined ? <p role="status">Loading the form…</p> : <loaded.Form {...props} />;
}
