import type { CallToolResult } from '@modelcontextprotocol/client';

/** What a card is shown by. */
export interface ShownCard {
  readonly result: (result: CallToolResult) => void;
  readonly close: () => void;
}
