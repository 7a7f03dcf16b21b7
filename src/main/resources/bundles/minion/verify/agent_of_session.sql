-- title: What happened in a session belongs to the session's agent
--
-- Each row names its agent and its session, and no foreign key compares the two (one with ON DELETE SET NULL of the
-- session alone needs PostgreSQL 15). At most 100 rows.

SELECT 'activities' AS "table", activities.id, 'the session is another agent''s' AS problem
  FROM activities
  JOIN sessions ON sessions.id = activities.session_id
 WHERE sessions.agent_id <> activities.agent_id
 UNION ALL
SELECT 'feedback', feedback.id, 'the session is another agent''s'
  FROM feedback
  JOIN sessions ON sessions.id = feedback.session_id
 WHERE sessions.agent_id <> feedback.agent_id
 UNION ALL
SELECT 'feedback', feedback.id, 'the activity is another agent''s'
  FROM feedback
  JOIN activities ON activities.id = feedback.activity_id
 WHERE activities.agent_id <> feedback.agent_id
 LIMIT 100;
