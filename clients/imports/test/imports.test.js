import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { convert } from 'insomnia-importers';
import postman from 'openapi-to-postmanv2';
import { Server } from '../../js/support/server.js';
import { seconds, sign } from '../../js/support/tokens.js';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const server = new Server(null);
before(() => server.start());
after(() => server.stop());

/** A description, as the service key is told it: everything. */
async function described(path) {
  const apikey = sign({ role: 'service_role', iat: seconds(), exp: seconds(600) }, server.secret);
  const response = await fetch(server.url + path, { headers: { apikey } });
  assert.equal(response.status, 200);
  return response.text();
}

/** `GET http://…/rest/v1/authors` of each operation, sorted. */
function operations(text) {
  const paths = Object.entries(JSON.parse(text).paths);
  return paths
    .flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${server.url}/rest/v1${path}`),
    )
    .sort();
}

/** What each request is after an import into Postman: its line, and the header of its key. */
async function intoPostman(data) {
  const { result, reason, output } = await new Promise((resolve, reject) =>
    postman.convertV2({ type: 'string', data }, {}, (error, done) => (error ? reject(error) : resolve(done))),
  );
  assert.ok(result, reason);
  const collection = output[0].data;
  const base = collection.variable.find(({ key }) => key === 'baseUrl').value;
  const requests = (items) => items.flatMap((item) => (item.item ? requests(item.item) : [item.request]));
  return requests(collection.item).map(({ method, url, auth }) => {
    const { apikey } = auth ?? collection.auth;
    const header = Object.fromEntries(apikey.map(({ key, value }) => [key, value]));
    return {
      line: `${method} ${[...url.host, ...url.path].join('/').replace('{{baseUrl}}', base)}`,
      key: header.in === 'header' ? header.key : null,
    };
  });
}

/** The same of Insomnia, whose addresses are of variables of its environments. */
async function intoInsomnia(data) {
  const { resources } = (await convert(data)).data;
  const variables = Object.assign({}, ...resources.filter((one) => one._type === 'environment').map((one) => one.data));
  const filled = (text) =>
    /{{/.test(text) ? filled(text.replace(/{{ *(\w+) *}}/g, (_, name) => variables[name] ?? assert.fail(name))) : text;
  return resources
    .filter((one) => one._type === 'request')
    .map(({ method, url, headers }) => ({
      line: `${method} ${filled(url)}`,
      key: headers.find(({ name }) => name === 'apikey')?.name ?? null,
    }));
}

const documents = { 'OpenAPI 3.1': '/openapi.json', 'OpenAPI 2.0': '/rest/v1/' };

for (const [format, path] of Object.entries(documents))
  for (const [program, into] of Object.entries({ Postman: intoPostman, Insomnia: intoInsomnia }))
    test(`${program} makes of ${format} a request of each operation, to the server and with a key`, async () => {
      const text = await described(path);
      const requests = await into(text);
      assert.deepEqual(requests.map(({ line }) => line).sort(), operations(text));
      // Insomnia passes over what a 2.0 document says of all its operations at once.
      const expected = program === 'Insomnia' && format === 'OpenAPI 2.0' ? null : 'apikey';
      for (const { line, key } of requests) assert.equal(key, expected, line);
    });
