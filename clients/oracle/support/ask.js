import { Agent, request as open } from 'node:http';
import { canonical, unordered } from './json.js';

/** The headers of an answer that have to be the same. */
const HEADERS = [
  'content-range',
  'content-type',
  'content-profile',
  'location',
  'preference-applied',
  'allow',
];

const agent = new Agent({ keepAlive: true });

/** Makes a request of the server at `url`; answers its parts that are compared. */
export function ask(url, { method, target, headers, body }, authorization) {
  const path = target.replaceAll(/[^\x21-\x7e]/gu, encodeURIComponent);
  const sent = { ...authorization, ...headers };
  if (body !== null) {
    sent['Content-Length'] = Buffer.byteLength(body);
    sent['Content-Type'] ??= 'application/json';
  }
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = open({ agent, hostname, port, method, path, headers: sent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const parts = { status: String(response.statusCode) };
        for (const name of HEADERS)
          if (response.headers[name] !== undefined) parts[name] = response.headers[name];
        // The keys of a refusal come in another order from each server; those of rows count.
        const refused = response.statusCode >= 300;
        resolve({ ...parts, body: canonical(refused ? unordered(text) : text) ?? text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
