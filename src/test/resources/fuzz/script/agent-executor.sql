-- Deletes all checkpoints. No CASCADE: whatever else depends on the tables has to be dealt with first.
DROP TABLE checkpoint_writes;

DROP TABLE checkpoint_blobs;

DROP TABLE checkpoints;

DROP TABLE checkpoint_migrations;
