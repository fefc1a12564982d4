import type { Dataset } from '../../seed/writing/dataset.ts';

/** The texts of each kind of record that people write and read; the other texts are dates, ids and fixed words. */
const freeTexts = {
  customers: ['first_name', 'last_name', 'email', 'phone', 'address'],
  products: ['name', 'description'],
  subscriptions: [],
  invoices: ['description'],
  payments: [],
  usage: [],
  promotions: ['name', 'description'],
  securityEvents: ['description'],
  orders: ['product_name'],
  tickets: ['subject', 'description'],
  incidents: ['description'],
  documents: ['title', 'content'],
} satisfies { [Kind in keyof Dataset]: readonly (keyof Dataset[Kind][number])[] };

/** What stands in one field of one kind of record: it says whose it is and where it comes from. */
const markerOf = (owner: string, kind: string, field: string) => `${owner}-${kind}-${field}`;

/** The same records, with the owner's marker in every free text. */
export function markedDataset(owner: string, data: Dataset): Dataset {
  const kinds = Object.entries(freeTexts).map(([kind, fields]) => {
    const records = data[kind as keyof Dataset] as readonly object[];
    return [kind, records.map((record) => ({ ...record, ...marked(owner, kind, fields, record) }))];
  });
  return Object.fromEntries(kinds) as Dataset;
}

function marked(owner: string, kind: string, fields: readonly string[], record: object) {
  const texts = record as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fields.map((field) => [field, `${texts[field]} ${markerOf(owner, kind, field)}`]),
  );
}

/** Every marker that an owner's data holds. */
export function markersOf(owner: string): readonly string[] {
  return Object.entries(freeTexts).flatMap(([kind, fields]) =>
    fields.map((field) => markerOf(owner, kind, field)),
  );
}
