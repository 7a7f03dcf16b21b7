-- title: Drop the Bindu storage tables
--
-- Triggers, indexes and the sequence go with their table; the function they called is left over and goes last.

DROP TABLE task_feedback;
DROP TABLE tasks;
DROP TABLE contexts;
DROP FUNCTION update_updated_at_column();
