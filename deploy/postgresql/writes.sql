-- Takes from the application the right to write, or gives it back: while a database is copied for a newer program.
-- Readers notice nothing. When it ends, whatever was being written is in the database or was refused. As the owner:
--   psql -v app=strategie -v writes=off -f deploy/postgresql/writes.sql "$DATABASE_OWNER_URL"
\set ON_ERROR_STOP on
\if :writes
  GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
\else
  REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM :"app";
  -- Waits for those that had begun to write before. One table at a time: nobody waits for two.
  SET lock_timeout = 0;
  SELECT format('BEGIN; LOCK TABLE %I.%I IN SHARE MODE; COMMIT', schemaname, tablename)
    FROM pg_tables WHERE schemaname = 'public' \gexec
\endif
