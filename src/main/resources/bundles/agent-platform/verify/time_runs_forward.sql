-- title: Nothing ends before it began
--
-- No CHECK guards these pairs of columns, because writers may fill them in any order. A missing time is no violation:
-- phase 1 recorded none. At most 100 rows, so that a broken table gives a readable report.

SELECT 'tasks' AS "table", id, 'completed_at is before started_at' AS problem
  FROM tasks
 WHERE completed_at < started_at
 UNION ALL
SELECT 'workflow_executions', id, 'completed_at is before started_at'
  FROM workflow_executions
 WHERE completed_at < started_at
 UNION ALL
SELECT 'agent_messages', id, 'acknowledged_at is before delivered_at'
  FROM agent_messages
 WHERE acknowledged_at < delivered_at
 LIMIT 100;
