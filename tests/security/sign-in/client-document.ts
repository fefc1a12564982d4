import { documentHost, type Surroundings } from './world.ts';

/**
 * Publishes a document about a client (client id metadata document), where only tests can reach it.
 * @returns the client's id
 */
export function publishClient(surroundings: Surroundings, name: string, redirectUri: string): string {
  const client_id = `https://${documentHost}/about-the-client.json`;
  const text = JSON.stringify({ client_id, client_name: name, redirect_uris: [redirectUri] });
  surroundings.answerDocument = (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  return client_id;
}
