-- schemajob: no-transaction
COPY t (a, b) FROM stdin;
1	\N
2	x\ty
\.
CREATE INDEX CONCURRENTLY i ON t (a);
DO $do$ BEGIN COMMIT; END $do$;
