import type { CallToolResult } from '@modelcontextprotocol/client';

/** What a call came to, as it is: its sentence, and its data. */
export function Answer({ result }: { readonly result: CallToolResult }) {
  const text = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  return (
    <section aria-label="Answer">
      {result.isError === true ? (
        <p class="trouble" role="alert">
          {text}
        </p>
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
