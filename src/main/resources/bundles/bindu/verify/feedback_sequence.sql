-- title: The next feedback id is free
--
-- A restore or a copy of rows that leaves the sequence behind makes every later insert fail with 23505.

SELECT 'task_feedback_id_seq' AS "sequence", newest.id,
       format('the next value is %s, but id %s is taken', following.id, newest.id) AS problem
  FROM (SELECT max(id) AS id FROM task_feedback) AS newest,
       (SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END AS id FROM task_feedback_id_seq) AS following
 WHERE newest.id >= following.id;
