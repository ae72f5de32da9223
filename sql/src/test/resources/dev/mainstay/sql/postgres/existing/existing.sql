CREATE SCHEMA api;
CREATE SCHEMA hidden;

CREATE TYPE api.mood AS ENUM ('low', 'high');
CREATE DOMAIN api.email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN api.price AS numeric(8, 2) NOT NULL;
CREATE TYPE api.address AS (street text, zip varchar(5));

CREATE TABLE hidden.people (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL DEFAULT 'nobody',
  email api.email UNIQUE,
  boss_id bigint REFERENCES hidden.people ON DELETE SET NULL
);

CREATE TABLE hidden.pets (
  id serial PRIMARY KEY,
  owner bigint NOT NULL REFERENCES hidden.people ON DELETE CASCADE,
  name text
);

CREATE VIEW api.people AS
  SELECT p.id, p.name, upper(p.name) AS shout, p.boss_id, p.email FROM hidden.people AS p;
COMMENT ON VIEW api.people IS 'Who is there';
COMMENT ON COLUMN api.people.name IS 'As on the passport';

CREATE VIEW api.pets AS SELECT owner AS keeper, id FROM hidden.pets;

-- A view over views, with a name and a text that look like what the server's own tree is written in.
CREATE VIEW api.both AS
  SELECT people.id AS ":resno", pets.id AS "a { b", 'x :resorigtbl 7 }' AS "c)"
  FROM api.people JOIN api.pets ON pets.keeper = people.id;

CREATE MATERIALIZED VIEW api.counts AS
  SELECT owner, count(*) AS pets FROM hidden.pets GROUP BY owner;

CREATE TABLE api.things (
  a smallint,
  b double precision,
  c numeric,
  d numeric(10, 3),
  e varchar(20),
  f character(2),
  g api.mood DEFAULT 'low',
  h api.mood[],
  i api.price,
  j api.address,
  k int4range,
  l json,
  m jsonb,
  n tsvector,
  o timestamp(3),
  p api.email[],
  q text COLLATE "C",
  r integer GENERATED ALWAYS AS (a * 2) STORED,
  s inet,
  t money,
  u timetz,
  v numeric(3, -2)
);

CREATE TABLE api."Odd names" ("the key" integer, "sub.key" integer, PRIMARY KEY ("sub.key", "the key"));
ALTER TABLE api."Odd names" DROP COLUMN "the key";
ALTER TABLE api."Odd names" ADD COLUMN "the key" integer DEFAULT (1 + 1) PRIMARY KEY;

CREATE TABLE api.events (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE api.events_2024 PARTITION OF api.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE api.notes (
  id integer PRIMARY KEY,
  event_id integer,
  event_day date,
  FOREIGN KEY (event_id, event_day) REFERENCES api.events
);

CREATE FUNCTION api.area(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION api.area(a text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT ''1''';
CREATE FUNCTION api.greet(name text, greeting text DEFAULT 'hello') RETURNS text STABLE LANGUAGE sql
  AS 'SELECT greeting || name';
COMMENT ON FUNCTION api.greet IS 'Says hello';
CREATE FUNCTION api.total(VARIADIC numbers integer[]) RETURNS bigint IMMUTABLE LANGUAGE sql
  AS 'SELECT sum(n) FROM unnest(numbers) n';
CREATE FUNCTION api.everybody() RETURNS SETOF api.people STABLE LANGUAGE sql
  AS 'SELECT * FROM api.people';
CREATE FUNCTION api.pair(INOUT a integer, OUT b text) LANGUAGE sql AS 'SELECT a, ''b''';
CREATE FUNCTION api.listed(n integer) RETURNS TABLE (no integer, mood api.mood) LANGUAGE sql
  AS 'SELECT 1, ''low''::api.mood';
CREATE FUNCTION api.anything() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION api.home() RETURNS api.address LANGUAGE sql AS 'SELECT ''a'', ''b''';
CREATE FUNCTION api.secret() RETURNS hidden.pets LANGUAGE sql AS 'SELECT * FROM hidden.pets LIMIT 1';
CREATE FUNCTION api.nothing(json) RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION api.kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION api.initial(api.people) RETURNS text STABLE LANGUAGE sql
  AS 'SELECT left($1.name, 1)';
CREATE FUNCTION api.pets_of(api.people) RETURNS SETOF api.pets STABLE LANGUAGE sql
  AS 'SELECT * FROM api.pets WHERE keeper = $1.id';
CREATE FUNCTION api.boss(api.people) RETURNS SETOF api.people ROWS 1 STABLE LANGUAGE sql
  AS 'SELECT * FROM api.people WHERE id = $1.boss_id';
CREATE AGGREGATE api.summed(integer) (SFUNC = int4pl, STYPE = integer);
