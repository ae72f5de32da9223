import { after, before, describe } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { createDatabase, dropDatabase, engines } from './databases.js';
import { Server } from './server.js';
import { seconds, sign } from './tokens.js';

/** The people of the model's seeds. */
export const people = {
  alice: 'a11ce000-0000-4000-8000-000000000001',
  bob: 'b0b00000-0000-4000-8000-000000000002',
  carol: 'ca401000-0000-4000-8000-000000000003',
};

/** A running server, seen through the clients of those who may call it. */
export class Project {
  constructor(server) {
    this.server = server;
  }

  token(claims) {
    return sign({ iat: seconds(), exp: seconds(3600), ...claims }, this.server.secret);
  }

  /** A key that is a token, as projects had them first. */
  key(role) {
    return this.token({ iss: 'supabase', role });
  }

  client(key, options = {}) {
    return createClient(this.server.url, key, {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport: WebSocket }, // Node 20 has none of its own
      ...options,
    });
  }

  get anon() {
    return this.client(this.key('anon'));
  }

  /** Passes every policy. */
  get service() {
    return this.client(this.key('service_role'));
  }

  /** Somebody who has signed in. */
  user(uid) {
    return this.as({ role: 'authenticated', sub: uid });
  }

  as(claims) {
    const token = this.token(claims);
    return this.client(this.key('anon'), { accessToken: async () => token });
  }
}

/** Runs the tests that `body` declares on each engine, or `only` on one, with a server and data of their own. */
export function onEachEngine(body, { only, ...options } = {}) {
  for (const engine of engines.filter((name) => !only || name === only))
    describe(engine, () => {
      const project = new Project();
      before(async () => {
        const database = engine === 'postgres' ? await createDatabase() : null;
        project.server = new Server(database);
        await project.server.start(options);
      });
      after(async () => {
        await project.server?.stop();
        if (project.server?.database) await dropDatabase(project.server.database);
      });
      body(project, engine);
    });
}
