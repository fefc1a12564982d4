import type { CallToolResult } from '@modelcontextprotocol/client';

/** What a card is shown by. */
export interface ShownCard {
  readonly result: (result: CallToolResult) => void;
  /** There is no answer and none will come. */
  readonly cancelled: (reason: string) => void;
  readonly close: () => void;
}
