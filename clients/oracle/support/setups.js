/** How the servers are set: the same, in each one's words. */
export const SETUPS = {
  roomy: {
    mainstay: { MAINSTAY_REST_MAX_ROWS: '1000' },
    postgrest: { DB_MAX_ROWS: '1000', DB_AGGREGATES_ENABLED: 'true' },
  },
  tight: {
    mainstay: { MAINSTAY_REST_MAX_ROWS: '3', MAINSTAY_REST_AGGREGATES: 'false' },
    postgrest: { DB_MAX_ROWS: '3', DB_AGGREGATES_ENABLED: 'false' },
  },
};
