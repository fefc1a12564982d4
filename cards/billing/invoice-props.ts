import type { Format } from '../host/format.ts';
import type { Host } from '../host/host.ts';

/** What everything about one invoice is made from. */
export interface InvoiceProps {
  readonly invoice: { readonly invoice_id: number; readonly outstanding: number };
  readonly host: Host;
  readonly format: Format;
  readonly onPaid: () => void;
}
