-- What a session's person looks through: the console as another member or a key would see it. JSON, see `views`.
ALTER TABLE sessions ADD COLUMN viewing TEXT;
