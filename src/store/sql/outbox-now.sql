-- The database's clock, by which the tries of messages are noted.
-- Columns: now
SELECT clock_timestamp() AS now
