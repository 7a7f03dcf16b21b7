-- title: Create LangGraph checkpoint tables
--
-- What PostgresSaver.setup() of langgraph-checkpoint-postgres arrives at with its version 9, in one step.
-- No IF NOT EXISTS: a table that is already there must be noticed, not skipped.

-- Which version of its schema LangGraph finds; its setup() looks for the highest.
CREATE TABLE checkpoint_migrations (
    v integer PRIMARY KEY
);

-- The state of a thread at one point; its larger channel values are in checkpoint_blobs.
CREATE TABLE checkpoints (
    thread_id            text  NOT NULL,
    checkpoint_ns        text  NOT NULL DEFAULT '',
    checkpoint_id        text  NOT NULL,
    parent_checkpoint_id text,
    type                 text,
    checkpoint           jsonb NOT NULL,
    metadata             jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id)
);

-- Values of channels, one row a version; a channel without a value has a null blob.
CREATE TABLE checkpoint_blobs (
    thread_id     text NOT NULL,
    checkpoint_ns text NOT NULL DEFAULT '',
    channel       text NOT NULL,
    version       text NOT NULL,
    type          text NOT NULL,
    blob          bytea,
    PRIMARY KEY (thread_id, checkpoint_ns, channel, version)
);

-- What the tasks of a step have written so far, so that a failed step need not begin anew.
CREATE TABLE checkpoint_writes (
    thread_id     text    NOT NULL,
    checkpoint_ns text    NOT NULL DEFAULT '',
    checkpoint_id text    NOT NULL,
    task_id       text    NOT NULL,
    idx           integer NOT NULL,
    channel       text    NOT NULL,
    type          text,
    blob          bytea   NOT NULL,
    task_path     text    NOT NULL DEFAULT '',
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);

-- Threads are listed and deleted by their id alone.
CREATE INDEX checkpoints_thread_id_idx ON checkpoints (thread_id);

CREATE INDEX checkpoint_blobs_thread_id_idx ON checkpoint_blobs (thread_id);

CREATE INDEX checkpoint_writes_thread_id_idx ON checkpoint_writes (thread_id);

INSERT INTO checkpoint_migrations (v) VALUES (9);
