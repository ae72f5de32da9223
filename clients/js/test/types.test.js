import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launcher, suite } from '../support/server.js';

const run = promisify(execFile);
const folder = join(suite, 'types');
const made = join(folder, 'made');

/** TypeScript itself judges what is written with the types that are made of a model. */
before(async () => {
  await rm(made, { recursive: true, force: true });
  for (const role of ['service_role', 'authenticated'])
    await run(launcher(), [
      'generate',
      'types',
      join(suite, '../../examples/chinook'),
      ...['--role', role, '--out', join(made, `${role.replace('_role', '')}.ts`)],
    ]);
});

after(() => rm(made, { recursive: true, force: true }));

test('what the client is asked is right where it is expected to be, and wrong where that is expected', async () => {
  const { stdout } = await run(process.execPath, [join(suite, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch(
    (failure) => failure,
  );
  assert.equal(stdout, '');
});

test('what a role may not see is nowhere in its types', async () => {
  const types = await readFile(join(made, 'authenticated.ts'), 'utf8');
  assert.match(types, / last_name: string/);
  assert.doesNotMatch(types, /birth_date|hire_date/);
});
