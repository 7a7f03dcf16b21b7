"""Writes a SQLite file of phase 1: generate.py TASKS FILE. 200 agents, clean rows, the same in every run."""

import datetime
import random
import sqlite3
import sys
import uuid

AGENTS = 200
WORDS = "review deploy write test analyse report customer database index search plan order invoice queue message".split()
STATUSES = ["pending", "in_progress", "completed", "failed", "cancelled"]
PRIORITIES = ["low", "medium", "high", "urgent"]
BEGIN = datetime.datetime(2025, 1, 1)
LAYOUT = """
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
CREATE TABLE agents (id TEXT PRIMARY KEY, name TEXT NOT NULL, agent_type TEXT NOT NULL, status TEXT DEFAULT 'idle',
    capabilities TEXT, system_prompt TEXT, model_provider TEXT DEFAULT 'openrouter', model_name TEXT DEFAULT 'auto',
    created_at TEXT, updated_at TEXT);
CREATE TABLE tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT, status TEXT DEFAULT 'pending',
    priority TEXT DEFAULT 'medium', assigned_agent_id TEXT, created_at TEXT, updated_at TEXT,
    FOREIGN KEY (assigned_agent_id) REFERENCES agents (id));
"""


def new_id(generator):
    return str(uuid.UUID(int=generator.getrandbits(128), version=4))


def tasks(generator, agents, count):
    for number in range(count):
        moment = (BEGIN + datetime.timedelta(seconds=number)).isoformat()
        yield (
            new_id(generator),
            " ".join(generator.choices(WORDS, k=4)),
            None if number % 10 == 0 else " ".join(generator.choices(WORDS, k=12)),
            generator.choice(STATUSES),
            generator.choice(PRIORITIES),
            None if number % 7 == 0 else generator.choice(agents),
            moment,
            moment,
        )


def main(count, file):
    generator = random.Random(1)
    agents = [new_id(generator) for _ in range(AGENTS)]
    connection = sqlite3.connect(file)
    connection.executescript(LAYOUT)
    moment = BEGIN.isoformat()
    connection.executemany(
        "INSERT INTO agents VALUES (?, ?, 'master_operator', 'idle', '[\"a\", \"b\"]', 'You are', 'openrouter', 'auto', ?, ?)",
        ((agent, f"agent {number}", moment, moment) for number, agent in enumerate(agents)),
    )
    connection.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", tasks(generator, agents, count))
    connection.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
