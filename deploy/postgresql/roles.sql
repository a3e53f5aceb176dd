-- Three roles for one database, so that a stolen password of the application opens no more than it must:
--   <name>_owner   owns tables, triggers and functions; runs `manage.py migrate` and deploy/restore, nothing else
--   <name>         the application: reads and writes rows. It cannot drop, disable or get round a trigger
--   <name>_backup  reads, for deploy/backup
--
-- Run by a superuser, as often as one likes; it also takes over a database whose application owns it so far:
--   sudo -u postgres psql -v name=strategie -f deploy/postgresql/roles.sql
-- It sets no passwords: \password strategie_owner (and the others) in psql afterwards.
\set ON_ERROR_STOP on
\if :{?name}
\else
  \set name strategie
\endif
\if :{?app}
\else
  \set app :name
\endif
\set owner :name _owner
\set backup :name _backup

SELECT current_setting('server_version_num')::int < 150000 AS is_old \gset
\if :is_old
  DO $$ BEGIN RAISE EXCEPTION 'PostgreSQL 15 or newer is needed: before, everybody may create in schema public.'; END $$;
\endif

SELECT format('CREATE ROLE %I LOGIN', role)
  FROM unnest(ARRAY[:'owner', :'app', :'backup']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

-- CREATEDB: a backup is restored into a new database, which then takes the name of the old one.
ALTER ROLE :"owner" NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"app" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"backup" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- A restore ends the sessions of the two others, which only a member of their roles may.
GRANT :"app", :"backup" TO :"owner";
REVOKE :"owner" FROM :"app", :"backup";
-- A migration that waits for a table lets everybody wait behind it: rather give up, and be run again.
ALTER ROLE :"owner" SET lock_timeout = '5s';
ALTER ROLE :"backup" SET default_transaction_read_only = on;

SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'name', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
ALTER DATABASE :"name" OWNER TO :"owner";

\connect :"name"
SET lock_timeout = '5s';
-- Table by table, each with its rights at once: an application that runs is never without them, and locks no two.
SELECT format(
         'ALTER TABLE %1$I.%2$I OWNER TO %3$I; GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.%2$I TO %4$I',
         schemaname, tablename, :'owner', :'app'
       )
  FROM pg_tables WHERE tableowner = :'app' \gexec
BEGIN;
REASSIGN OWNED BY :"app" TO :"owner";
ALTER SCHEMA public OWNER TO pg_database_owner;
\ir rights.sql
COMMIT;
