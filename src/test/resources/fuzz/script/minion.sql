-- title: Drop the Minion tables
--
-- The extensions stay. They belong to the database, not to these tables: other schemas may use them, they may have been
-- there before, and the role that runs this may not be allowed to create them again.

DROP VIEW recent_feedback_summary;
DROP VIEW agent_stats;
DROP FUNCTION cleanup_expired_sessions();
DROP TABLE agent_tools;
DROP TABLE tools;
DROP TABLE feedback;
DROP TABLE evaluations;
DROP TABLE metrics;
DROP TABLE activities;
DROP TABLE memories;
DROP TABLE sessions;
DROP TABLE agents;
DROP FUNCTION set_updated_at();
