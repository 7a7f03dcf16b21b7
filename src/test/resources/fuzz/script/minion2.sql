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
    id              uuid          PRIMARY KEY DEFAULT uuid_generate_v4(