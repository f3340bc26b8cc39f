-- Ends the session of this connection; its token is worth nothing afterwards.
-- No columns that matter.
SELECT api.close_session () AS closed
