-- title: Create the Minion tables
--
-- An extension exists once a database, whatever the schema that the tables are in, so both go where every schema finds
-- them. pgvector's name as an extension is "vector". An extension that is there already stays where it is.

CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;

CREATE TABLE agents (
    id           uuid         PRIMARY KEY DEFAULT uuid_generate_v4(),
    name         varchar(255) NOT NULL,
    description  text,
    personality  text,
    language     varchar(10)  NOT NULL DEFAULT 'en',
    status       varchar(20)  NOT NULL DEFAULT 'draft'
                              CHECK (status IN ('draft', 'active', 'inactive', 'archived')),
    llm_provider varchar(50),
    llm_model    varchar(100),
    temperature  numeric(3,2) CHECK (temperature >= 0 AND temperature <= 2),
    max_tokens   integer      CHECK (max_tokens > 0),
    capabilities jsonb        NOT NULL DEFAULT '[]',
    metadata     jsonb        NOT NULL DEFAULT '{}',
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now()
);
COMMENT ON TABLE agents IS 'Who acts: one configured agent a row';

CREATE TABLE sessions (
    id             uuid         PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id       uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    user_id        varchar(255),
    status         varchar(20)  NOT NULL DEFAULT 'active'
                                CHECK (status IN ('active', 'closed', 'expired', 'archived')),
    history        jsonb        NOT NULL DEFAULT '[]',
    working_memory jsonb        NOT NULL DEFAULT '{}',
    metadata       jsonb        NOT NULL DEFAULT '{}',
    expires_at     timestamptz,
    created_at     timestamptz  NOT NULL DEFAULT now(),
    updated_at     timestamptz  NOT NULL DEFAULT now()
);
COMMENT ON TABLE sessions IS 'Conversations: what was said, and what the agent holds in mind meanwhile';
COMMENT ON COLUMN sessions.history IS 'Array of messages, oldest first';
COMMENT ON COLUMN sessions.expires_at IS 'NULL: never expires';

CREATE TABLE memories (
    id               uuid         PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id         uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    user_id          varchar(255),
    source           varchar(255),
    key              varchar(255),
    content          text         NOT NULL,
    memory_type      varchar(20)  NOT NULL DEFAULT 'fact'
                                  CHECK (memory_type IN ('fact', 'preference', 'context', 'skill')),
    embedding        vector(1536),
    metadata         jsonb        NOT NULL DEFAULT '{}',
    access_count     integer      NOT NULL DEFAULT 0 CHECK (access_count >= 0),
    last_accessed_at timestamptz,
    created_at       timestamptz  NOT NULL DEFAULT now(),
    updated_at       timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT memories_one_per_key UNIQUE (agent_id, user_id, key)
);
COMMENT ON TABLE memories IS 'What agents remember beyond a session, found by key or by meaning';
COMMENT ON COLUMN memories.user_id IS 'Whom it is about; NULL: known to the agent for every user';
COMMENT ON COLUMN memories.source IS 'Where it was learnt: the id of a session that may be gone by now, or a word';
COMMENT ON COLUMN memories.embedding IS 'NULL until computed; such a row is not found by similarity';

CREATE TABLE activities (
    id            uuid          PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id      uuid          NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    session_id    uuid          REFERENCES sessions (id) ON DELETE SET NULL,
    action        varchar(50)   NOT NULL,
    status        varchar(20)   NOT NULL DEFAULT 'success' CHECK (status IN ('success', 'failure', 'partial')),
    input         jsonb,
    output        jsonb,
    error_message text,
    duration_ms   integer       CHECK (duration_ms >= 0),
    token_count   integer       CHECK (token_count >= 0),
    cost          numeric(12,6) CHECK (cost >= 0),
    metadata      jsonb         NOT NULL DEFAULT '{}',
    created_at    timestamptz   NOT NULL DEFAULT now()
);
COMMENT ON TABLE activities IS 'Audit log: every action of every agent; it outlives the session it was part of';

CREATE TABLE metrics (
    id          uuid             PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id    uuid             NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    metric_name varchar(100)     NOT NULL,
    metric_type varchar(20)      NOT NULL DEFAULT 'gauge' CHECK (metric_type IN ('counter', 'gauge', 'histogram')),
    value       double precision NOT NULL,
    labels      jsonb            NOT NULL DEFAULT '{}',
    "timestamp" timestamptz      NOT NULL DEFAULT now()
);
COMMENT ON TABLE metrics IS 'Time series: one sample a row';

CREATE TABLE evaluations (
    id              uuid          PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id        uuid          NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    run_id          uuid          NOT NULL DEFAULT uuid_generate_v4(),
    test_case       varchar(255),
    evaluator       varchar(50)   NOT NULL,
    agent_version   varchar(50),
    input           jsonb         NOT NULL DEFAULT '{}',
    expected_output jsonb,
    actual_output   jsonb,
    score           numeric(5,4)  CHECK (score >= 0 AND score <= 1),
    passed          boolean,
    details         jsonb         NOT NULL DEFAULT '{}',
    duration_ms     integer       CHECK (duration_ms >= 0),
    token_count     integer       CHECK (token_count >= 0),
    cost            numeric(12,6) CHECK (cost >= 0),
    created_at      timestamptz   NOT NULL DEFAULT now()
);
COMMENT ON TABLE evaluations IS 'Results of automated evaluation, one test case of one run a row';
COMMENT ON COLUMN evaluations.run_id IS 'The same for all results of one run';

CREATE TABLE feedback (
    id            uuid         PRIMARY KEY DEFAULT uuid_generate_v4(),
    agent_id      uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    session_id    uuid         REFERENCES sessions (id) ON DELETE SET NULL,
    activity_id   uuid         REFERENCES activities (id) ON DELETE SET NULL,
    feedback_type varchar(50)  NOT NULL DEFAULT 'user_reported'
                               CHECK (feedback_type IN ('success', 'failure', 'improvement', 'user_reported')),
    severity      varchar(20)  CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    title         varchar(255),
    description   text,
    category      varchar(100),
    tags          text[]       NOT NULL DEFAULT '{}',
    status        varchar(20)  NOT NULL DEFAULT 'open'
                               CHECK (status IN ('open', 'in_review', 'resolved', 'wont_fix', 'duplicate')),
    resolution    text,
    test_case     varchar(255),
    metadata      jsonb        NOT NULL DEFAULT '{}',
    created_at    timestamptz  NOT NULL DEFAULT now(),
    updated_at    timestamptz  NOT NULL DEFAULT now(),
    resolved_at   timestamptz
);
COMMENT ON TABLE feedback IS 'What production says of an agent, and what became of it';
COMMENT ON COLUMN feedback.test_case IS 'The test case of evaluations that was made from it';

CREATE TABLE tools (
    id              uuid          PRIMARY KEY DEFAULT uuid_generate_v4(),
    name            varchar(255)  NOT NULL UNIQUE,
    description     text          NOT NULL DEFAULT '',
    category        varchar(100),
    version         varchar(50)   NOT NULL DEFAULT '1.0.0',
    status          varchar(20)   NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'deprecated', 'disabled')),
    input_schema    jsonb         NOT NULL DEFAULT '{}',
    output_schema   jsonb,
    tags            text[]        NOT NULL DEFAULT '{}',
    timeout_seconds integer       NOT NULL DEFAULT 30 CHECK (timeout_seconds > 0),
    cost_per_call   numeric(12,6) NOT NULL DEFAULT 0 CHECK (cost_per_call >= 0),
    metadata        jsonb         NOT NULL DEFAULT '{}',
    created_at      timestamptz   NOT NULL DEFAULT now(),
    updated_at      timestamptz   NOT NULL DEFAULT now(),
    deprecated_at   timestamptz
);
COMMENT ON TABLE tools IS 'Registry of the tools that agents may be given';

CREATE TABLE agent_tools (
    agent_id uuid        NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    tool_id  uuid        NOT NULL REFERENCES tools (id) ON DELETE CASCADE,
    enabled  boolean     NOT NULL DEFAULT true,
    config   jsonb       NOT NULL DEFAULT '{}',
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agent_id, tool_id)
);
COMMENT ON TABLE agent_tools IS 'Which agent may use which tool';

CREATE INDEX idx_agents_status            ON agents (status);
CREATE INDEX idx_agents_name              ON agents (name);
CREATE INDEX idx_sessions_agent_created   ON sessions (agent_id, created_at DESC);
CREATE INDEX idx_sessions_user            ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at      ON sessions (expires_at);
CREATE INDEX idx_sessions_closed          ON sessions (updated_at) WHERE status = 'closed';
CREATE INDEX idx_memories_type            ON memories (agent_id, memory_type);
CREATE INDEX idx_activities_agent_created ON activities (agent_id, created_at DESC);
CREATE INDEX idx_activities_session       ON activities (session_id);
CREATE INDEX idx_activities_created_at    ON activities (created_at);
CREATE INDEX idx_metrics_series           ON metrics (agent_id, metric_name, "timestamp" DESC);
CREATE INDEX idx_metrics_timestamp        ON metrics ("timestamp");
CREATE INDEX idx_metrics_labels           ON metrics USING gin (labels);
CREATE INDEX idx_evaluations_agent        ON evaluations (agent_id, created_at DESC);
CREATE INDEX idx_evaluations_run          ON evaluations (run_id);
CREATE INDEX idx_evaluations_test_case    ON evaluations (test_case);
CREATE INDEX idx_feedback_agent_created   ON feedback (agent_id, created_at DESC);
CREATE INDEX idx_feedback_session         ON feedback (session_id);
CREATE INDEX idx_feedback_activity        ON feedback (activity_id);
CREATE INDEX idx_feedback_status          ON feedback (status, severity);
CREATE INDEX idx_feedback_created_at      ON feedback (created_at);
CREATE INDEX idx_tools_category           ON tools (category);
CREATE INDEX idx_tools_tags               ON tools USING gin (tags);
CREATE INDEX idx_agent_tools_tool         ON agent_tools (tool_id);

-- The unique constraint of memories lets two rows with user_id NULL pass; NULLS NOT DISTINCT begins with PostgreSQL 15.
CREATE UNIQUE INDEX idx_memories_shared_key ON memories (agent_id, key) WHERE user_id IS NULL;

-- Serves ORDER BY embedding <=> …, which is cosine distance.
CREATE INDEX idx_memories_embedding ON memories USING hnsw (embedding vector_cosine_ops);

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

CREATE TRIGGER agents_set_updated_at   BEFORE UPDATE ON agents   FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER sessions_set_updated_at BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER memories_set_updated_at BEFORE UPDATE ON memories FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER feedback_set_updated_at BEFORE UPDATE ON feedback FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER tools_set_updated_at    BEFORE UPDATE ON tools    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- With BEGIN ATOMIC the body is bound to this table now, and not to whatever "sessions" the caller's search_path finds.
CREATE FUNCTION cleanup_expired_sessions() RETURNS integer LANGUAGE sql
BEGIN ATOMIC
    WITH removed AS (
        DELETE FROM sessions
         WHERE expires_at < now() AND status <> 'archived'
        RETURNING id
    )
    SELECT count(*)::integer FROM removed;
END;
COMMENT ON FUNCTION cleanup_expired_sessions() IS 'Removes expired sessions that are not archived; returns how many';

-- Each table is counted on its own: joined together, every session would repeat the cost of every activity.
CREATE VIEW agent_stats AS
SELECT agent.id AS agent_id,
       agent.name,
       agent.status,
       session.total  AS total_sessions,
       session.active AS active_sessions,
       memory.total   AS total_memories,
       activity.total AS total_activities,
       activity.succeeded AS successful_activities,
       activity.failed    AS failed_activities,
       activity.avg_duration_ms,
       activity.total_tokens,
       activity.total_cost,
       activity.last_activity_at
  FROM agents agent
 CROSS JOIN LATERAL (
       SELECT count(*) AS total,
              count(*) FILTER (WHERE s.status = 'active') AS active
         FROM sessions s
        WHERE s.agent_id = agent.id) session
 CROSS JOIN LATERAL (
       SELECT count(*) AS total
         FROM memories m
        WHERE m.agent_id = agent.id) memory
 CROSS JOIN LATERAL (
       SELECT count(*) AS total,
              count(*) FILTER (WHERE a.status = 'success') AS succeeded,
              count(*) FILTER (WHERE a.status = 'failure') AS failed,
              avg(a.duration_ms) AS avg_duration_ms,
              coalesce(sum(a.token_count), 0) AS total_tokens,
              coalesce(sum(a.cost), 0) AS total_cost,
              max(a.created_at) AS last_activity_at
         FROM activities a
        WHERE a.agent_id = agent.id) activity;
COMMENT ON VIEW agent_stats IS 'Totals an agent; an agent that did nothing yet has zeros';

CREATE VIEW recent_feedback_summary AS
SELECT agent.id AS agent_id,
       agent.name AS agent_name,
       feedback.feedback_type,
       feedback.severity,
       count(*) AS feedback_count,
       count(*) FILTER (WHERE feedback.status IN ('open', 'in_review')) AS unresolved_count,
       max(feedback.created_at) AS latest_at
  FROM feedback
  JOIN agents agent ON agent.id = feedback.agent_id
 WHERE feedback.created_at > now() - interval '7 days'
 GROUP BY agent.id, agent.name, feedback.feedback_type, feedback.severity;
COMMENT ON VIEW recent_feedback_summary IS 'Feedback of the last 7 days by agent, type and severity';
