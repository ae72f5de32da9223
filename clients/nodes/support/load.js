import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const WRITERS = 6;

/** Writers that go on one after the other, each of its rows under a key of its own, until they are told to stop. */
export class Load {
  /** The keys of rows that were answered with 201. */
  written = [];
  /** What was answered otherwise. */
  failures = [];
  #agent = new Agent({ keepAlive: true });
  #stopping = false;
  #writers;
  #url;
  #headers;
  #tries;

  /** `tries` is how often a row is sent, under the same key, before that is a failure. */
  constructor(url, key, tries) {
    this.#url = new URL('/rest/v1/entries', url);
    this.#headers = { apikey: key, 'Content-Type': 'application/json' };
    this.#tries = tries;
    this.#writers = Array.from({ length: WRITERS }, () => this.#write());
  }

  async stop() {
    this.#stopping = true;
    await Promise.all(this.#writers);
    this.#agent.destroy();
  }

  /** Until so many more rows are written. */
  async more(rows) {
    const enough = this.written.length + rows;
    while (this.written.length < enough && this.failures.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async #write() {
    while (!this.#stopping && this.failures.length === 0) {
      const key = randomUUID();
      const answers = [];
      while (answers.length < this.#tries && answers.at(-1) !== '201') {
        if (answers.length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
        answers.push(await this.#send(key));
      }
      if (answers.at(-1) === '201') this.written.push(key);
      else this.failures.push(answers);
    }
  }

  #send(key) {
    return new Promise((resolve) => {
      const asked = request(
        this.#url,
        { method: 'POST', agent: this.#agent, headers: { ...this.#headers, 'Idempotency-Key': key } },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () =>
            resolve(
              response.statusCode === 201 ? '201' : `${response.statusCode} ${Buffer.concat(chunks).toString('utf8')}`,
            ),
          );
          response.on('error', (error) => resolve(error.message));
        },
      );
      asked.on('error', (error) => resolve(error.message));
      asked.end(JSON.stringify({ key }));
    });
  }
}
