-- title: No message was retried more often than allowed
--
-- A count outside its limits makes a sender retry for ever, or never. At most 100 rows.

SELECT 'agent_messages' AS "table", id,
       format('retry_count %s is not between 0 and max_retries %s', retry_count, max_retries) AS problem
  FROM agent_messages
 WHERE retry_count < 0 OR retry_count > max_retries
 LIMIT 100;
