import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as library from '@supabase/postgrest-js';
import { filters, ranges } from '../postgrest/filters.js';
import { functions } from '../postgrest/functions.js';
import { transforms } from '../postgrest/transforms.js';
import { writes } from '../postgrest/writes.js';
import { onEachEngine, people } from '../support/project.js';

const { PostgrestClient } = library;

const builders = [
  PostgrestClient,
  library.PostgrestQueryBuilder,
  library.PostgrestFilterBuilder,
  library.PostgrestTransformBuilder,
  library.PostgrestBuilder,
];

/** Inner workings, which nobody calls. */
const inner = ['constructor', 'cloneRequestState', 'then', 'processResponse'];

/** The names of the builders' methods that no test has called yet. */
const uncalled = new Set();
for (const { prototype } of builders)
  for (const method of Object.getOwnPropertyNames(prototype).filter((name) => !inner.includes(name))) {
    const original = prototype[method];
    uncalled.add(method);
    prototype[method] = function (...words) {
      uncalled.delete(method);
      return original.apply(this, words);
    };
  }

const client = (project, role, claims) => {
  const headers = { apikey: project.key('anon'), Authorization: `Bearer ${project.token({ role, ...claims })}` };
  return new PostgrestClient(`${project.server.url}/rest/v1`, { headers });
};

const folder = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const settings = { MAINSTAY_REST_PLANS: 'true', MAINSTAY_REST_TX: 'commit-allow-override' };

onEachEngine(
  (project, engine) => {
    const alice = () => client(project, 'authenticated', { sub: people.alice });
    filters(alice);
    transforms(alice, engine);
    writes(alice);
    functions(alice, () => client(project, 'anon'));
  },
  { project: folder('postgrest'), settings },
);

onEachEngine((project, engine) => ranges(() => client(project, 'authenticated', { sub: people.alice })), {
  project: folder('postgrest/ranges'),
  only: 'postgres',
});

test('every method of the builders was called', () => {
  assert.deepEqual([...uncalled], []);
});
