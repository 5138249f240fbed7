-- What programs asked for, by the hour. Servers add to the same rows.
CREATE TABLE usage_hours (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- Hours since 1970, in UTC.
    hour BIGINT NOT NULL,
    -- Empty for what is about no index. Neither this nor the key need be there any more.
    index_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    requests BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    read_units BIGINT NOT NULL,
    write_units BIGINT NOT NULL,
    records BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (project_id, hour, index_id, key_id)
);
CREATE INDEX usage_hours_by_hour ON usage_hours (hour);

-- How long those requests took: how many fell into which bucket of time.
CREATE TABLE usage_latencies (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hour BIGINT NOT NULL,
    index_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    bucket BIGINT NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (project_id, hour, index_id, key_id, bucket)
);
CREATE INDEX usage_latencies_by_hour ON usage_latencies (hour);

-- How much an index held at the end of each hour, as its server last saw it.
CREATE TABLE index_sizes (
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    hour BIGINT NOT NULL,
    records BIGINT NOT NULL,
    disk_bytes BIGINT NOT NULL,
    memory_bytes BIGINT NOT NULL,
    PRIMARY KEY (index_id, hour)
);
CREATE INDEX index_sizes_by_hour ON index_sizes (hour);
