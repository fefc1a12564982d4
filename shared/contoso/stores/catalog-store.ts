import { cached } from '#platform/caching/cached';
import { kindOf, recordKey } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import type { NewRow, Table } from '#platform/storage/table';
import type { Product, Promotion } from '../rules/model.ts';
import { product, promotion } from './records.ts';
import type { CatalogStore } from './tenant-store.ts';

const partition = 'catalog';
const goodForMilliseconds = 60_000;

/** Products and promotions, read together because most calls that need one need the other. */
export function catalogStore(table: Table, now: () => Date): CatalogStore {
  const catalog = cached(() => loadCatalog(table), goodForMilliseconds, now);
  return {
    products: async () => (await catalog()).products,
    promotions: async () => (await catalog()).promotions,
  };
}

async function loadCatalog(table: Table): Promise<{ products: Product[]; promotions: Promotion[] }> {
  const rows = await table.list(odata`PartitionKey eq ${partition}`);
  const ofKind = (kind: string) => rows.filter((row) => kindOf(row.rowKey) === kind);
  return {
    products: ofKind('product').map((row) => product.decode(row.properties)),
    promotions: ofKind('promotion').map((row) => promotion.decode(row.properties)),
  };
}

export function productRow(value: Product): NewRow {
  return {
    partitionKey: partition,
    rowKey: recordKey('product', value.product_id),
    properties: product.encode(value),
  };
}

export function promotionRow(value: Promotion): NewRow {
  return {
    partitionKey: partition,
    rowKey: recordKey('promotion', value.promotion_id),
    properties: promotion.encode(value),
  };
}
