/** An answer's parts, a line each. */
export const shown = (answer) =>
  Object.entries(answer)
    .map(([part, text]) => `      ${part}: ${text}\n`)
    .join('');
