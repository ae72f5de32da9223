/**
 * Whether the servers answered a request as they should: `same`, `exempt` or `failed`, and why.
 *
 * A request with an exemption has to be answered differently, and by Mainstay as the corpus says.
 */
export function verdict(request, theirs, ours, exemptions) {
  const parts = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const different = parts.filter((part) => theirs[part] !== ours[part]);
  if (request.exemption === null)
    return different.length === 0
      ? { kind: 'same', why: '' }
      : { kind: 'failed', why: `differ in ${different.join(', ')}` };
  if (!exemptions.has(request.exemption))
    return { kind: 'failed', why: `there is no exemption ${request.exemption}` };
  if (different.length === 0) return { kind: 'failed', why: `${request.exemption}: no longer differs` };
  const [status, ...lines] = request.instead ?? [];
  if (ours.status !== status || ours.body !== lines.join('\n'))
    return { kind: 'failed', why: `${request.exemption}: Mainstay answers otherwise than is said here` };
  return { kind: 'exempt', why: request.exemption };
}
