import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../mcp/session.ts';
import { Problem } from '../problem.tsx';
import type { ShownCard } from './shown-card.ts';

export interface CardProps {
  readonly connection: Connection;
  readonly tool: Tool;
  readonly args: Readonly<Record<string, unknown>>;
  /** Undefined as long as the call runs. */
  readonly result: CallToolResult | undefined;
  /** Why there will be no result. */
  readonly calledOff?: string;
}

/** Whether the service has a card for the answers of a tool (MCP Apps). */
export function hasCard({ _meta }: Tool): boolean {
  return (_meta?.ui as { readonly resourceUri?: string } | undefined)?.resourceUri !== undefined;
}

/** The card of a call, if its tool has one; what shows it is loaded with the first one. */
export function LazyCard({ connection, tool, args, result, calledOff }: CardProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<Promise<ShownCard>>(undefined);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const { current: element } = place;
    if (element === null) {
      return;
    }
    const card = import('./cards.ts').then(({ showCard }) => showCard(element, connection, tool, args));
    shown.current = card;
    card.catch((error: Error) => setProblem(error.message));
    return () => void card.then(({ close }) => close()).catch(() => {});
  }, [args]);
  useEffect(() => {
    if (result !== undefined) {
      shown.current?.then((card) => card.result(result)).catch(() => {});
    }
  }, [result]);
  useEffect(() => {
    if (calledOff !== undefined) {
      shown.current?.then((card) => card.cancelled(calledOff)).catch(() => {});
    }
  }, [calledOff]);
  if (!hasCard(tool)) {
    return null;
  }
  return (
    <>
      <Problem text={problem && `The card cannot be shown: ${problem}`} />
      <div ref={place} />
    </>
  );
}
