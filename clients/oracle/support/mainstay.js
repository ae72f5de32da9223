import { Server } from '../../js/support/server.js';
import { seconds, sign } from '../../js/support/tokens.js';

/** A running Mainstay that serves a model where PostgREST would: at the root, and to callers without a key. */
export class Mainstay {
  #server;

  /** `database` is a `postgres://` address, or null for SQLite. */
  constructor(database) {
    this.#server = new Server(database);
  }

  /** `project` is the folder of the model. */
  async start(project, settings) {
    await this.#server.start({
      project,
      settings: {
        MAINSTAY_HTTP_REQUIRE_APIKEY: 'false',
        MAINSTAY_REST_PATH: '/',
        MAINSTAY_REST_REQUIRE_WHERE: 'false',
        MAINSTAY_REST_AGGREGATES: 'true',
        ...settings,
      },
    });
    this.url = this.#server.url;
    this.secret = this.#server.secret;
    const token = sign({ role: 'service_role', exp: seconds(3600) }, this.secret);
    /** What the callers that the corpus names send. */
    const user = sign({ role: 'authenticated', sub: 'ann', exp: seconds(3600) }, this.secret);
    this.callers = {
      anon: {},
      service: { Authorization: `Bearer ${token}` },
      user: { Authorization: `Bearer ${user}` },
    };
  }

  async stop() {
    await this.#server.stop();
  }
}
