-- Every port that an index of a node has or had. One that became free is given again last of all, so that a program
-- which still knows an index by its port does not meet another index there.
CREATE TABLE index_ports (
    node_id TEXT NOT NULL,
    port BIGINT NOT NULL,
    -- Counted up with every port that is given or becomes free.
    turn BIGINT NOT NULL,
    PRIMARY KEY (node_id, port)
);
INSERT INTO index_ports (node_id, port, turn) SELECT node_id, port, 1 FROM indexes WHERE port IS NOT NULL;
