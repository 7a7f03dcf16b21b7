-- task: clean  Delete what is old
-- param: days 30
DELETE FROM t WHERE at < now() - make_interval(days => :days);
-- task: other
VACUUM t;
