/** Values that Table Storage keeps as they are: bigint as Int64, doubles marked so that 12 does not turn into Int32. */
export type Property = string | boolean | bigint | { readonly type: 'Double'; readonly value: number };
export type Properties = Record<string, Property>;

export interface RowKeys {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** A row to write. */
export interface NewRow extends RowKeys {
  readonly properties: Properties;
}
