/** What pages may send and read beyond what every page may. */
export interface OpenCors {
  readonly method: string;
  readonly headers: readonly string[];
  readonly exposed?: readonly string[];
}

/** Lets pages of any origin call and read, without cookies: for what is public anyway. */
export function openCors({ method, headers, exposed = [] }: OpenCors): string {
  const list = (name: string, children: readonly string[]) =>
    children.map((child) => `\n    <${name}>${child}</${name}>`).join('');
  const exposing =
    exposed.length === 0 ? '' : `\n  <expose-headers>${list('header', exposed)}\n  </expose-headers>`;
  return `<cors allow-credentials="false">
  <allowed-origins>
    <origin>*</origin>
  </allowed-origins>
  <allowed-methods preflight-result-max-age="600">
    <method>${method}</method>
  </allowed-methods>
  <allowed-headers>${list('header', headers)}
  </allowed-headers>${exposing}
</cors>`;
}
