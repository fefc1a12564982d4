import { randomUUID } from 'node:crypto';
import { authorize, type Outcome, ownRedirect } from './requests.ts';
import { documentHost, type World } from './world.ts';

/** An address of a document that nobody asked for before. */
export const newId = (host = documentHost) => `https://${host}/${randomUUID()}.json`;

export const authorizeAs = (world: World, client: string): Promise<Outcome> => authorize(world, { client });

/** The server of documents answers so. */
export function serve(
  world: World,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): void {
  world.answerDocument = (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
}

export const aboutClient = (id: string) => ({
  client_id: id,
  client_name: 'A program',
  redirect_uris: [ownRedirect],
});

/** Addresses that stand for this machine, its network, and the cloud that it runs in. */
export const inside = [
  ['127.0.0.1', 'this machine'],
  ['0.0.0.0', 'this machine without a number'],
  ['10.0.0.4', 'a private network of the first size'],
  ['172.16.0.4', 'a private network of the second size'],
  ['192.168.0.4', 'a private network of the third size'],
  ['100.64.0.1', 'the network of a provider'],
  ['169.254.169.254', 'the metadata service of a cloud'],
  ['168.63.129.16', 'the services of Azure'],
  ['224.0.0.1', 'a group of machines'],
  ['::1', 'this machine by IPv6'],
  ['fe80::1', 'the cable by IPv6'],
  ['fd00::1', 'a private network by IPv6'],
  ['::ffff:10.0.0.4', 'a private network written as IPv6'],
  ['64:ff9b::a00:4', 'a private network through a translator'],
  ['2002:a00:4::1', 'a private network through a tunnel'],
] as const;
