-- How many pods a project may have, replicas and shards counted.
ALTER TABLE projects ADD COLUMN pod_limit BIGINT NOT NULL DEFAULT 100;
