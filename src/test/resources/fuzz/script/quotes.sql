SELECT E'a\'b', 'c''d', U&"\0061", $x$ ; $x$, /* /* ; */ */ "a;b" -- ;
;
CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END;
