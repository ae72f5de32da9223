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

-- The functions of backend.yaml.

CREATE FUNCTION add(a integer, b integer DEFAULT 10) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION greet(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'Hello, ' || name$$;
CREATE FUNCTION nothing_at_all() RETURNS void LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION answer() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 42';
CREATE FUNCTION films_of(the_year integer) RETURNS SETOF films LANGUAGE sql STABLE AS
  'SELECT * FROM films WHERE year = the_year';
CREATE FUNCTION all_films() RETURNS SETOF films LANGUAGE sql STABLE AS 'SELECT * FROM films';
CREATE FUNCTION film(the_id integer) RETURNS films LANGUAGE sql STABLE AS 'SELECT * FROM films WHERE id = the_id';
CREATE FUNCTION pairs(most integer DEFAULT 3) RETURNS TABLE (n integer, word text) LANGUAGE sql IMMUTABLE AS
  $$SELECT v.n, v.word FROM (VALUES (1, 'one'), (2, 'two'), (3, null)) AS v(n, word) WHERE v.n <= most$$;
CREATE FUNCTION pair(OUT n integer, OUT word text) LANGUAGE sql IMMUTABLE AS $$SELECT 1, 'one'$$;
CREATE FUNCTION evens(most integer) RETURNS SETOF integer LANGUAGE sql IMMUTABLE AS
  'SELECT v.n FROM (VALUES (2), (4), (6)) AS v(n) WHERE v.n <= most';
CREATE FUNCTION joined(words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT array_to_string(words, '+')$$;
CREATE FUNCTION total(VARIADIC numbers integer[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS
  'SELECT sum(n) FROM unnest(numbers) AS n';
CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION doubled(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT t || t';
CREATE FUNCTION mood_after(before mood) RETURNS mood LANGUAGE sql IMMUTABLE AS
  $$SELECT CASE before WHEN 'sad' THEN 'calm' ELSE 'happy' END::mood$$;
CREATE FUNCTION document("of" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$SELECT jsonb_build_object('was', "of")$$;
CREATE FUNCTION moment(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS 'SELECT at';
CREATE FUNCTION moments(first timestamptz, last timestamptz) RETURNS SETOF timestamptz LANGUAGE sql IMMUTABLE AS
  'SELECT first UNION ALL SELECT last';
CREATE FUNCTION said(words text[]) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS 'SELECT unnest(words)';
CREATE FUNCTION maybe(what text DEFAULT null) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT what IS NULL';
CREATE FUNCTION keys_of(jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS
  'SELECT key FROM jsonb_object_keys($1) AS key ORDER BY key';
CREATE FUNCTION add_genre(name text) RETURNS genres LANGUAGE sql AS
  'INSERT INTO genres (name) VALUES ($1) RETURNING *';
CREATE FUNCTION rename_genres(to_name text) RETURNS void LANGUAGE sql AS 'UPDATE genres SET name = to_name';
