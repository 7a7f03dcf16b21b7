-- title: Create the agent platform tables
--
-- Parents come before children: tasks refer to workflows, and workflows to agents. Nullable columns with a default
-- are meant: phase 1 data, which is imported later, knows nothing of what these columns hold.

CREATE TABLE agents (
    id                  uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    name                varchar(255) NOT NULL,
    agent_type          varchar(50)  NOT NULL CHECK (agent_type IN ('chief_of_staff', 'master_operator')),
    status              varchar(50)  DEFAULT 'idle'
                                     CHECK (status IN ('idle', 'active', 'busy', 'error', 'offline')),
    capabilities        jsonb        DEFAULT '[]',
    system_prompt       text,
    model_provider      varchar(100) DEFAULT 'openrouter',
    model_name          varchar(100) DEFAULT 'auto',
    performance_metrics jsonb        DEFAULT '{}',
    last_heartbeat      timestamptz,
    created_at          timestamptz  DEFAULT now(),
    updated_at          timestamptz  DEFAULT now()
);

CREATE TABLE workflows (
    id          uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    name        varchar(255) NOT NULL,
    description text,
    definition  jsonb        NOT NULL,
    status      varchar(50)  DEFAULT 'draft'
                             CHECK (status IN ('draft', 'active', 'paused', 'completed', 'failed')),
    version     integer      DEFAULT 1,
    created_by  uuid         REFERENCES agents (id),
    tags        text[]       DEFAULT '{}',
    created_at  timestamptz  DEFAULT now(),
    updated_at  timestamptz  DEFAULT now()
);

CREATE TABLE tasks (
    id                uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    title             varchar(500) NOT NULL,
    description       text,
    status            varchar(50)  DEFAULT 'pending'
                                   CHECK (status IN ('pending', 'in_progress', 'completed', 'failed', 'cancelled')),
    priority          varchar(20)  DEFAULT 'medium' CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    assigned_agent_id uuid         REFERENCES agents (id) ON DELETE SET NULL,
    workflow_id       uuid         REFERENCES workflows (id) ON DELETE CASCADE,
    step_order        integer      DEFAULT 0,
    context_data      jsonb        DEFAULT '{}',
    result_data       jsonb        DEFAULT '{}',
    started_at        timestamptz,
    completed_at      timestamptz,
    deadline          timestamptz,
    created_at        timestamptz  DEFAULT now(),
    updated_at        timestamptz  DEFAULT now()
);

CREATE TABLE agent_messages (
    id              uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    message_id      uuid         NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    correlation_id  uuid,
    conversation_id uuid,
    sender_id       uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    recipient_id    uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    sender_type     varchar(50)  NOT NULL,
    recipient_type  varchar(50)  NOT NULL,
    message_type    varchar(50)  NOT NULL,
    priority        varchar(20)  DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    status          varchar(20)  DEFAULT 'pending'
                                 CHECK (status IN ('pending', 'sent', 'delivered',
                                                   'acknowledged', 'failed', 'expired')),
    subject         varchar(500),
    payload         jsonb        DEFAULT '{}',
    retry_count     integer      DEFAULT 0,
    max_retries     integer      DEFAULT 3,
    expires_at      timestamptz,
    delivered_at    timestamptz,
    acknowledged_at timestamptz,
    created_at      timestamptz  DEFAULT now()
);

CREATE TABLE workflow_executions (
    id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    workflow_id   uuid        NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
    status        varchar(50) DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
    current_step  integer     DEFAULT 0,
    context_data  jsonb       DEFAULT '{}',
    result_data   jsonb       DEFAULT '{}',
    started_by    uuid        REFERENCES agents (id),
    started_at    timestamptz DEFAULT now(),
    completed_at  timestamptz,
    error_message text
);

CREATE TABLE agent_capabilities (
    id               uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    agent_id         uuid         NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    capability_name  varchar(100) NOT NULL,
    confidence_score numeric(3,2) DEFAULT 0.5 CHECK (confidence_score >= 0 AND confidence_score <= 1),
    last_used        timestamptz,
    usage_count      integer      DEFAULT 0,
    created_at       timestamptz  DEFAULT now(),
    UNIQUE (agent_id, capability_name)
);

CREATE TABLE agent_performance (
    id           uuid          PRIMARY KEY DEFAULT gen_random_uuid(),
    agent_id     uuid          NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    metric_name  varchar(100)  NOT NULL,
    metric_value numeric(10,4) NOT NULL,
    metric_unit  varchar(50),
    recorded_at  timestamptz   DEFAULT now(),
    context      jsonb         DEFAULT '{}'
);

CREATE INDEX idx_agents_type_status             ON agents (agent_type, status);
CREATE INDEX idx_agents_last_heartbeat          ON agents (last_heartbeat);
CREATE INDEX idx_tasks_status_priority          ON tasks (status, priority);
CREATE INDEX idx_tasks_assigned_agent           ON tasks (assigned_agent_id);
CREATE INDEX idx_tasks_workflow                 ON tasks (workflow_id);
CREATE INDEX idx_messages_recipient_status      ON agent_messages (recipient_id, status);
CREATE INDEX idx_messages_sender_type           ON agent_messages (sender_id, message_type);
CREATE INDEX idx_messages_correlation           ON agent_messages (correlation_id);
CREATE INDEX idx_workflows_status               ON workflows (status);
CREATE INDEX idx_workflow_executions_workflow   ON workflow_executions (workflow_id);
CREATE INDEX idx_agent_capabilities_agent       ON agent_capabilities (agent_id);
CREATE INDEX idx_agent_performance_agent_metric ON agent_performance (agent_id, metric_name);

-- The text search configuration is spelled out: with it to_tsvector is immutable, without it an index is refused.
-- A query uses these indexes only when it repeats the expression.
CREATE INDEX idx_tasks_search ON tasks
    USING gin (to_tsvector('english', title || ' ' || coalesce(description, '')));
CREATE INDEX idx_workflows_search ON workflows
    USING gin (to_tsvector('english', name || ' ' || coalesce(description, '')));
