-- flagged: everything that uses the table waits
ALTER TABLE events DETACH PARTITION events_2025;
-- clean: concurrently
ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;
-- clean: a table of this script
CREATE TABLE visits (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE visits DETACH PARTITION visits_2025;
