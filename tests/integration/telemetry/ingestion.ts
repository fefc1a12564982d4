import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';

/** The ingestion endpoint of Application Insights, as far as the exporter needs it. */
export interface Ingestion {
  readonly url: string;
  /** Every body, as it was before it was packed. */
  readonly bodies: readonly string[];
  /** The rows that it makes of them. */
  rows(): IngestedRow[];
  stop(): Promise<void>;
}

/** A row of the table that its type stands for: RequestData of `requests`, RemoteDependencyData of `dependencies`, MetricData of `customMetrics`. */
export interface IngestedRow {
  readonly type: string;
  readonly name: string;
  /** The custom dimensions. */
  readonly properties: Readonly<Record<string, string>>;
  readonly success: boolean | undefined;
  /** Of requests: the HTTP status, 0 for what has none. */
  readonly responseCode: string | undefined;
  /** Of metrics: the sum and how many values there are. */
  readonly value: number | undefined;
  readonly count: number | undefined;
}

const metric = z.object({ name: z.string(), value: z.number(), count: z.number().optional() });
const envelope = z.object({
  data: z.object({
    baseType: z.string(),
    baseData: z.object({
      name: z.string().optional(),
      success: z.boolean().optional(),
      responseCode: z.string().optional(),
      properties: z.record(z.string(), z.coerce.string()).default({}),
      metrics: z.array(metric).optional(),
    }),
  }),
});

function toRow(sent: unknown): IngestedRow {
  const { baseType: type, baseData } = envelope.parse(sent).data;
  const [measured] = baseData.metrics ?? [];
  return {
    type,
    name: baseData.name ?? measured?.name ?? '',
    properties: baseData.properties,
    success: baseData.success,
    responseCode: baseData.responseCode,
    value: measured?.value,
    count: measured?.count,
  };
}

/** The exporter speaks https whatever the address says, so while this runs the process trusts every certificate. */
export async function startIngestion(): Promise<Ingestion> {
  const bodies: string[] = [];
  const server = createServer(selfSigned(), async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts);
    const isPacked = request.headers['content-encoding'] === 'gzip';
    bodies.push((isPacked ? gunzipSync(body) : body).toString('utf8'));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    rows: () => bodies.flatMap((body) => z.array(z.unknown()).parse(JSON.parse(body)).map(toRow)),
    async stop() {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const tags = { integer: 0x02, bits: 0x03, time: 0x17, sequence: 0x30 } as const;
/** The algorithm identifier of ECDSA with SHA-256 (RFC 5758 section 3.2). */
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

/** A key and the smallest certificate that there can be (X.509 version 1, RFC 5280 section 4.1). */
function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nobody = der(tags.sequence);
  const always = der(tags.sequence, time('200101000000Z'), time('491231235959Z'));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = der(
    tags.sequence,
    der(tags.integer, Buffer.of(1)),
    ...[ecdsaWithSha256, nobody, always, nobody, key],
  );
  const signature = der(tags.bits, Buffer.of(0), sign('sha256', content, privateKey));
  const certificate = der(tags.sequence, content, ecdsaWithSha256, signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

const time = (text: string): Buffer => der(tags.time, Buffer.from(text));

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
