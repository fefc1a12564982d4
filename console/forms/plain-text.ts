import type { ComponentChildren } from 'preact';

/** Descriptions of fields are shown as they are written. */
export function Markdown({ children }: { readonly children?: ComponentChildren }) {
  return children;
}
