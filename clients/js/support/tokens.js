import { createHmac } from 'node:crypto';

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON web token with these claims, signed HS256. */
export function sign(claims, secret) {
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Seconds since 1970, `from` now. */
export const seconds = (from = 0) => Math.floor(Date.now() / 1000) + from;
