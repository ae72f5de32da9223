import { STATUS_CODES } from 'node:http';

/** The words of a status; of 416 as HTTP/1.1 had them first. */
const words = (status) => (status === 416 ? 'Requested Range Not Satisfiable' : STATUS_CODES[status]);

const answer = (status, data, error, count) => ({
  success: error === null,
  error,
  data,
  count,
  status,
  statusText: words(status),
});

/** Everything the client says when rows came: `data`, perhaps a count, no error. */
export const rows = (data, { status = 200, count = null } = {}) => answer(status, data, null, count);

/** Everything the client says when all went well and no rows were asked for. */
export const nothing = (status, { count = null } = {}) => answer(status, null, null, count);

/** Everything the client says when it was refused. */
export const refused = (status, code, message, { details = null, hint = null } = {}) =>
  answer(status, null, { code, message, details, hint }, null);
