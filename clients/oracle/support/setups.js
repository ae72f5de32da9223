/** How the servers are set: the same, in each one's words. `world` is what they serve. */
export const SETUPS = {
  roomy: {
    world: 'model',
    mainstay: { MAINSTAY_REST_MAX_ROWS: '1000' },
    postgrest: { DB_MAX_ROWS: '1000', DB_AGGREGATES_ENABLED: 'true' },
  },
  tight: {
    world: 'model',
    mainstay: { MAINSTAY_REST_MAX_ROWS: '3', MAINSTAY_REST_AGGREGATES: 'false' },
    postgrest: { DB_MAX_ROWS: '3', DB_AGGREGATES_ENABLED: 'false' },
  },
  existing: {
    world: 'existing',
    mainstay: { MAINSTAY_REST_MAX_ROWS: '1000', MAINSTAY_REST_TX: 'commit-allow-override' },
    postgrest: { DB_MAX_ROWS: '1000', DB_AGGREGATES_ENABLED: 'true' },
  },
};
