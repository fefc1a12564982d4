import type { CallToolResult } from '@modelcontextprotocol/client';
import { textOf } from '../mcp/text.ts';
import { Problem } from '../problem.tsx';

/** What a call came to, as it is: its sentence, and its data. */
export function Answer({ result }: { readonly result: CallToolResult }) {
  const text = textOf(result);
  return (
    <section aria-label="Answer">
      {result.isError === true ? (
        <Problem text={text} />
      ) : (
        <details>
          <summary>As text</summary>
          <p class="said">{text}</p>
        </details>
      )}
      <details>
        <summary>As JSON</summary>
        <pre>{JSON.stringify(result.structuredContent ?? result, null, 2)}</pre>
      </details>
    </section>
  );
}
