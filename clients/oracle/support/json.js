const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

/**
 * JSON written in one way: white space and escapes of characters do not count, while the order of keys and the text of
 * numbers do. Null for what is not JSON.
 */
export function canonical(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let written = '';
  for (const [, mark, string, word] of text.matchAll(TOKEN))
    written += mark ?? word ?? JSON.stringify(JSON.parse(string));
  return written;
}

/** The JSON object with its keys sorted, as JSON; other text as it is. */
export function unordered(text) {
  try {
    return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).sort()));
  } catch {
    return text;
  }
}
