import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const REQUEST = /^(?:(anon|user) )?([A-Z]+) (\/\S*)$/;
const HEADER = /^([A-Za-z][A-Za-z-]*): (.*)$/;

/**
 * A request of the corpus.
 *
 * `row` is the row of the section that it is about; `exemption` names why PostgREST answers otherwise, and `instead` what
 * Mainstay answers then: a status and the lines of a body.
 */
class Request {
  headers = {};
  body = null;
  exemption = null;
  instead = null;

  constructor(place, row, caller, method, target) {
    Object.assign(this, { place, row, caller, method, target });
  }

  get text() {
    const headers = Object.entries(this.headers).map(([name, value]) => `\n    ${name}: ${value}`);
    const caller = this.caller === 'service' ? '' : `${this.caller} `;
    return `${caller}${this.method} ${this.target}${headers.join('')}${this.body === null ? '' : `\n    ${this.body}`}`;
  }

  get writes() {
    return !['GET', 'HEAD', 'OPTIONS'].includes(this.method);
  }
}

/** Reads a file of the corpus; README.md says how one is written. */
function readSection(file) {
  const section = { name: basename(file, '.txt'), setup: 'roomy', rows: [], requests: [] };
  let request = null;
  let row = null;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const place = `${basename(file)}:${index + 1}`;
      const [, caller, method, target] = line.match(REQUEST) ?? [];
      const [, name, value] = line.match(HEADER) ?? [];
      if (line.startsWith('# ') || line === '#') return;
      if (line === '') request = null;
      else if (line.startsWith('@ ')) section.setup = line.slice(2);
      else if (line.startsWith('=== ')) section.rows.push((row = line.slice(4)));
      else if (method) section.requests.push((request = new Request(place, row, caller ?? 'service', method, target)));
      else if (request === null) throw new Error(`${place}: this belongs to no request: ${line}`);
      else if (line.startsWith('~ ')) request.exemption = line.slice(2);
      else if (line.startsWith('< ')) request.instead = [...(request.instead ?? []), line.slice(2)];
      else if (name && request.body === null) request.headers[name] = value;
      else request.body = request.body === null ? line : `${request.body}\n${line}`;
    });
  return section;
}

/** The files that `words` name, or the sections of the corpus whose names begin with them; without words all. */
export function readCorpus(folder, words) {
  const [files, prefixes] = [words.filter((word) => word.endsWith('.txt')), words.filter((word) => !word.endsWith('.txt'))];
  const wanted = (name) => words.length === 0 || prefixes.some((prefix) => name.startsWith(prefix));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt') && wanted(name))
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .map((name) => readSection(join(folder, name)))
    .concat(files.map(readSection));
}

/** The exemptions: a map from their names to their sections and reasons. */
export function readExemptions(file) {
  const exemptions = new Map();
  for (const block of readFileSync(file, 'utf8').replaceAll(/^#.*\n/gm, '').trim().split(/\n\n+/)) {
    const [, name, section, why] = block.match(/^(\S+) (§\d+\.\d+)\n(\S[^]*)$/) ?? [];
    if (!name) throw new Error(`${basename(file)}: no exemption: ${block}`);
    if (exemptions.has(name)) throw new Error(`${basename(file)}: ${name} is there twice`);
    exemptions.set(name, { section, why });
  }
  return exemptions;
}
