-- What application and backup may do in the database that psql is connected to: part of roles.sql, and what
-- deploy/restore gives a restored database, as its owner. Needs the variables owner, app and backup.
\set ON_ERROR_STOP on

-- No TEMPORARY: a temporary table of the name of a real one would be what a trigger looks into.
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC, :"app", :"backup";
GRANT CONNECT ON DATABASE :"DBNAME" TO :"app", :"backup";
REVOKE ALL ON SCHEMA public FROM PUBLIC, :"app", :"backup";
GRANT USAGE ON SCHEMA public TO :"app", :"backup";

-- Neither TRUNCATE nor TRIGGER nor REFERENCES.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, :"app", :"backup";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, :"app", :"backup";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"backup";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"backup";

-- The same for what later migrations make.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT ON TABLES TO :"backup";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT ON SEQUENCES TO :"backup";
