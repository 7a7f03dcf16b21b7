-- title: JSON columns hold the shape that Bindu reads
--
-- Appending with || to a scalar or an object does not fail: it wraps the old value into a new array, and the history
-- is wrong from then on. The JSON value null, which SQLAlchemy writes for None, stands for "empty" where the column is
-- nullable. At most 100 rows.

SELECT 'tasks' AS "table", id, 'history is not an array' AS problem
  FROM tasks
 WHERE jsonb_typeof(history) <> 'array'
 UNION ALL
SELECT 'tasks', id, 'artifacts is not an array'
  FROM tasks
 WHERE jsonb_typeof(artifacts) NOT IN ('array', 'null')
 UNION ALL
SELECT 'tasks', id, 'metadata is not an object'
  FROM tasks
 WHERE jsonb_typeof(metadata) NOT IN ('object', 'null')
 UNION ALL
SELECT 'contexts', id, 'message_history is not an array'
  FROM contexts
 WHERE jsonb_typeof(message_history) NOT IN ('array', 'null')
 LIMIT 100;
