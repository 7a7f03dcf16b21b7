-- Retention and upkeep of the Minion tables, run by `schemajob maintain`.
--
-- What the run reads in comments (everything else is SQL, one statement a task, in this order):
--   -- setting: NAME = NUMBER  meaning   a whole number that the user may set; :NAME stands for it in the SQL
--   -- task: NAME  title                 begins a task: the one statement that follows
--   -- batch                             repeat the task's statement, each time in a transaction of its own, until it
--                                        touches fewer than :batch rows
-- Without "-- batch" a statement runs once, in a transaction unless it refuses one.
--
-- Batches keep locks short: one locks at most :batch rows and those that refer to them, and skips what somebody else
-- has locked (a later run gets it). The array is computed once, before the table is touched; with IN (SELECT … LIMIT …)
-- the planner may run the subquery again and again and exceed the limit. Rows are picked oldest first so that an index
-- finds them.
--
-- psql understands :NAME too and does one batch of each task:
--   psql -v activities_days=90 -v metrics_days=30 -v closed_sessions_days=7 -v batch=5000 -f maintenance.sql

-- setting: activities_days = 90       activities older than this many days are deleted
-- setting: metrics_days = 30          metrics older than this many days are deleted
-- setting: closed_sessions_days = 7   closed sessions not touched for this many days are archived
-- setting: batch = 5000               rows a transaction

-- task: delete-activities  Delete old activities
-- batch
DELETE FROM activities
 WHERE id = ANY (ARRAY(
       SELECT id
         FROM activities
        WHERE created_at < now() - make_interval(days => :activities_days)
        ORDER BY created_at
        LIMIT :batch
          FOR UPDATE SKIP LOCKED));

-- task: delete-metrics  Delete old metrics
-- batch
DELETE FROM metrics
 WHERE id = ANY (ARRAY(
       SELECT id
         FROM metrics
        WHERE "timestamp" < now() - make_interval(days => :metrics_days)
        ORDER BY "timestamp"
        LIMIT :batch
          FOR UPDATE SKIP LOCKED));

-- Before the clean-up: an archived session is kept, whatever its expiry.
-- task: archive-sessions  Archive closed sessions
-- batch
UPDATE sessions
   SET status = 'archived'
 WHERE id = ANY (ARRAY(
       SELECT id
         FROM sessions
        WHERE status = 'closed' AND updated_at < now() - make_interval(days => :closed_sessions_days)
        ORDER BY updated_at
        LIMIT :batch
          FOR UPDATE SKIP LOCKED));

-- What cleanup_expired_sessions() removes, in batches.
-- task: delete-expired-sessions  Delete expired sessions
-- batch
DELETE FROM sessions
 WHERE id = ANY (ARRAY(
       SELECT id
         FROM sessions
        WHERE expires_at < now() AND status <> 'archived'
        ORDER BY expires_at
        LIMIT :batch
          FOR UPDATE SKIP LOCKED));

-- task: reindex-memories  Rebuild the indexes of memories
REINDEX TABLE CONCURRENTLY memories;

-- task: reindex-activities  Rebuild the indexes of activities
REINDEX TABLE CONCURRENTLY activities;

-- task: analyze-agents  Refresh the statistics of agents
ANALYZE agents;

-- task: analyze-sessions  Refresh the statistics of sessions
ANALYZE sessions;

-- task: analyze-memories  Refresh the statistics of memories
ANALYZE memories;
