-- title: Create the Bindu storage tables
--
-- Equal, object by object, to what Bindu's own Alembic revision 20241207_0001 leaves behind, so that a database made
-- by it can be adopted: hence serial rather than identity, the descending time indexes, and no foreign key from
-- tasks to contexts, which a later revision of Bindu adds.

CREATE TABLE contexts (
    id              uuid        PRIMARY KEY,
    context_data    jsonb       NOT NULL DEFAULT '{}',
    message_history jsonb       DEFAULT '[]',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tasks (
    id              uuid        PRIMARY KEY,
    context_id      uuid        NOT NULL,
    kind            varchar(50) NOT NULL DEFAULT 'task',
    state           varchar(50) NOT NULL,
    state_timestamp timestamptz NOT NULL,
    history         jsonb       NOT NULL DEFAULT '[]',
    artifacts       jsonb       DEFAULT '[]',
    metadata        jsonb       DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE task_feedback (
    id            serial      PRIMARY KEY,
    task_id       uuid        NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    feedback_data jsonb       NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_tasks_context_id         ON tasks (context_id);
CREATE INDEX idx_tasks_state              ON tasks (state);
CREATE INDEX idx_tasks_created_at         ON tasks (created_at DESC);
CREATE INDEX idx_tasks_updated_at         ON tasks (updated_at DESC);
CREATE INDEX idx_tasks_history_gin        ON tasks USING gin (history);
CREATE INDEX idx_tasks_artifacts_gin      ON tasks USING gin (artifacts);
CREATE INDEX idx_tasks_metadata_gin       ON tasks USING gin (metadata);
CREATE INDEX idx_contexts_created_at      ON contexts (created_at DESC);
CREATE INDEX idx_contexts_updated_at      ON contexts (updated_at DESC);
CREATE INDEX idx_contexts_data_gin        ON contexts USING gin (context_data);
CREATE INDEX idx_contexts_history_gin     ON contexts USING gin (message_history);
CREATE INDEX idx_task_feedback_task_id    ON task_feedback (task_id);
CREATE INDEX idx_task_feedback_created_at ON task_feedback (created_at DESC);

-- PostgreSQL stores a body letter by letter: it is indented as Bindu's, so that not even white space differs.
CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.updated_at = NOW();
            RETURN NEW;
        END;
        $$;

CREATE TRIGGER update_tasks_updated_at BEFORE UPDATE ON tasks
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_contexts_updated_at BEFORE UPDATE ON contexts
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
