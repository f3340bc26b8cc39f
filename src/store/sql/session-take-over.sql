-- Ends what the server still runs for this program on a connection that broke, and waits until it has
-- ended: what is read afterwards does not change behind the reader's back. The program's connections
-- have a name that no other program's have.
-- Columns: ended (how many)
SELECT count (*) FILTER (WHERE pg_terminate_backend (pid, 10000)) AS ended
  FROM pg_stat_activity
 WHERE application_name = current_setting ('application_name')
   AND usename = session_user
   AND pid <> pg_backend_pid ()
