-- title: Drop the agent platform tables
--
-- Children before parents; indexes and constraints go with their table.

DROP TABLE agent_performance;
DROP TABLE agent_capabilities;
DROP TABLE workflow_executions;
DROP TABLE agent_messages;
DROP TABLE tasks;
DROP TABLE workflows;
DROP TABLE agents;
