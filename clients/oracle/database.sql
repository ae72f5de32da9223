-- What PostgREST needs beside the tables, which Mainstay has made: roles, and the functions that backend.yaml declares.

DO $$
BEGIN
  IF to_regrole('oracle') IS NULL THEN
    CREATE ROLE oracle LOGIN NOINHERIT;
    CREATE ROLE anon;
    CREATE ROLE service_role;
    GRANT anon, service_role TO oracle;
  END IF;
END $$;

-- The server's own settings are odd on purpose. Mainstay sets what it needs; PostgREST takes what it finds.
ALTER ROLE oracle SET timezone = 'UTC';
ALTER ROLE oracle SET datestyle = 'ISO';
ALTER ROLE oracle SET intervalstyle = 'postgres';
ALTER ROLE oracle SET bytea_output = 'hex';
ALTER ROLE oracle SET extra_float_digits = 1;

GRANT ALL ON SCHEMA public TO service_role;
GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO service_role;
GRANT USAGE ON SCHEMA public TO anon;
GRANT SELECT ON genres TO anon;
