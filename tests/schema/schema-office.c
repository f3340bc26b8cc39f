/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staffs an office in a test database and carries applications along their life. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define ROW_VERSION "(SELECT row_version FROM api.application WHERE id = %d)"

static PltTestCluster *cluster;
static char *office;    /* the database of which each test gets a copy */
static int n_citizens;

int
schema_office_run (void)
{
  cluster = plt_test_cluster_new ();

  int result = g_test_run ();

  g_clear_pointer (&office, g_free);
  g_clear_pointer (&cluster, plt_test_cluster_free);

  return result;
}

PltTestCluster *
schema_office_cluster (void)
{
  return cluster;
}

static char *
staff_office (void)
{
  char *db = plt_test_cluster_create_database (cluster);
  g_autofree char *nothing = plt_test_cluster_query (cluster, db,
    "SELECT api.add_office ('UC', 'Utopia Central'), api.add_office ('UN', 'Utopia North');"
    "SELECT api.add_staff (s.login, initcap (s.login), s.office, s.roles, NULL) FROM (VALUES"
    " ('anna', 'UC', '{clerk}'::text[]), ('axel', 'UC', '{clerk}'), ('boris', 'UC', '{supervisor}'),"
    " ('bodil', 'UC', '{supervisor}'), ('bella', 'UC', '{clerk,supervisor}'), ('chen', 'UC', '{operator}'),"
    " ('dora', 'UC', '{auditor}'), ('emil', 'UC', '{admin}'), ('nina', 'UN', '{clerk}'),"
    " ('nora', 'UN', '{supervisor}'), ('nils', 'UN', '{operator}')) s (login, office, roles);");
  g_autofree char *stock = schema_office_ask (db, "chen", "SELECT api.add_stock ('B00000001', 3)");

  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-iso", 1, SCHEMA_OFFICE_DIGEST));

  return db;
}

char *
schema_office_new (void)
{
  if (office == NULL)
    office = staff_office ();

  return plt_test_cluster_copy_database (cluster, office);
}

int
schema_office_propose_layout (const char *db,
                              const char *layout,
                              int         version,
                              const char *digest)
{
  g_autofree char *id =
    schema_office_ask (db, "emil", "SELECT api.propose_layout ('%s', %d, '%s', NULL, NULL, '%%PDF-1.7 %s', 'new')",
                       layout, version, digest, digest);

  return atoi (id);
}

void
schema_office_approve_layout (const char *db,
                              int         id)
{
  g_autofree char *nothing =
    schema_office_ask (db, "boris", "SELECT count (*) FROM api.layout_proof (%d);"
                       " SELECT api.approve_layout (%d, (SELECT digest FROM api.layout WHERE id = %d), NULL)", id, id, id);
}

char *
schema_office_ask (const char *db,
                   const char *login,
                   const char *sql,
                   ...)
{
  va_list args;

  va_start (args, sql);

  g_autofree char *whole = g_strdup_vprintf (sql, args);

  va_end (args);
  if (g_str_equal (login, "postgres"))
    return plt_test_cluster_query (cluster, db, whole);

  char *out = NULL;
  g_autofree char *err = NULL;

  if (plt_test_cluster_run_as (cluster, db, login, whole, &out, &err) != 0)
    g_error ("%s: %s\n%s", login, whole, err);

  return g_strchomp (out);
}

void
schema_office_said (const char *db,
                    const char *login,
                    const char *expected,
                    const char *sql)
{
  g_autofree char *said = schema_office_ask (db, login, "%s", sql);

  if (!g_str_equal (said, expected))
    g_error ("%s\nsays “%s” and not “%s”", sql, said, expected);
}

void
schema_office_assert_refused (const char *sqlstate,
                              const char *hint,
                              int         status,
                              const char *err,
                              const char *sql)
{
  g_autofree char *state = g_strdup_printf ("ERROR:  %s: ", sqlstate);
  g_autofree char *rule = g_strdup_printf ("HINT:  %s\n", hint != NULL ? hint : "");

  if (status == 3 && strstr (err, state) != NULL &&
      (hint == NULL ? strstr (err, "HINT:") == NULL : strstr (err, rule) != NULL))
    return;

  g_error ("Not refused with %s %s but %d: %s\n%s", sqlstate, hint, status, err, sql);
}

void
schema_office_refused (const char *db,
                       const char *login,
                       const char *sqlstate,
                       const char *hint,
                       const char *sql,
                       ...)
{
  va_list args;

  va_start (args, sql);

  g_autofree char *whole = g_strdup_vprintf (sql, args);
  g_autofree char *err = NULL;
  int status;

  va_end (args);
  if (g_str_equal (login, "postgres"))
    status = plt_test_cluster_psql (cluster, db, login, whole, NULL, &err);
  else
    status = plt_test_cluster_run_as (cluster, db, login, whole, NULL, &err);
  schema_office_assert_refused (sqlstate, hint, status, err, whole);
}

typedef struct
{
  const char *db;
  const char *login;
  const char *sql;
} Act;

static gpointer
act (gpointer data)
{
  Act *self = data;
  char *err = NULL;

  if (g_str_equal (self->login, "postgres"))
    plt_test_cluster_psql (cluster, self->db, self->login, self->sql, NULL, &err);
  else
    plt_test_cluster_run_as (cluster, self->db, self->login, self->sql, NULL, &err);

  return err;
}

/* Statement by statement, because a transaction's first look at the locks is its only one. */
static void
wait_for_locks (const char *db,
                const char *condition,
                const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autofree char *count = NULL;

  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_free (count);
      count = schema_office_ask (db, "postgres", "SELECT count (*) FROM pg_stat_activity WHERE datname = '%s' AND %s", db, condition);
    }
  while (!g_str_equal (count, expected));
}

#define HOLD_AUDIT \
  "BEGIN; SELECT FROM platen.audit_head FOR UPDATE;" \
  "DO $$ BEGIN FOR i IN 1 .. 6000 LOOP EXIT WHEN (SELECT count (*) FROM pg_locks WHERE NOT granted) = 2; PERFORM pg_sleep (0.01);" \
  " END LOOP; END $$; COMMIT"

void
schema_office_at_once (const char *db,
                       const char *first,
                       const char *first_sql,
                       const char *second,
                       const char *second_sql)
{
  Act acts[] = { { db, "postgres", HOLD_AUDIT }, { db, first, first_sql }, { db, second, second_sql } };
  static const char * const reached[] = { "query LIKE 'DO %' AND query LIKE '%pg_sleep%'", "wait_event_type = 'Lock'" };
  GThread *threads[G_N_ELEMENTS (acts)];

  /* Their sessions are opened before, which the audit log tells, too. */
  g_free (schema_office_ask (db, first, "SELECT 1"));
  g_free (schema_office_ask (db, second, "SELECT 1"));
  for (size_t i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      threads[i] = g_thread_new (acts[i].login, act, &acts[i]);
      if (i < G_N_ELEMENTS (reached))
        wait_for_locks (db, reached[i], "1");
    }
  for (size_t i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *err = g_thread_join (threads[i]);

      g_assert_cmpstr (err, ==, "");
    }
}

int
schema_office_draft (const char *db,
                     const char *type)
{
  gboolean is_new = g_str_equal (type, "new");
  int citizen = ++n_citizens;
  g_autofree char *id_number =
    schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", citizen, citizen);
  g_autofree char *id =
    schema_office_ask (db, "anna", "SELECT id FROM api.start_application (gen_random_uuid (), '%s', '%s', '{B}')",
                       id_number, type);
  int application = atoi (id);
  g_autofree char *driver = g_strdup (is_new
    ? "'not_found', now(), NULL, NULL, NULL"
    : "'answered', now(), NULL, '{family_name,given_names,birth_date,licence_number,licence_status,"
      "licence_expiry,categories}', ARRAY['Berg', 'Ida', '1980-05-06', NULL, 'valid',"
      " (current_date + 30)::text, 'B;2005-06-07;' || (current_date + 30) || ';01']");
  g_autofree char *nothing = schema_office_ask (db, "anna",
    "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL,"
    " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1980-05-06,F,UTO}');"
    "SELECT api.record_source (%d, 'driver', %s);"
    "SELECT api.record_source (%d, 'infringement', 'answered', now(), NULL, '{points,unpaid}', '{0,0}');"
    "SELECT FROM api.note_photo_check (%d, encode (sha256 ('\\xffd8ff'::bytea || decode (repeat ('ab', 80), 'hex')), 'hex'), 'file',"
    " '{\"verdict\":\"good\",\"bad\":[]}');"
    "SELECT api.set_image (%d, 1, 'portrait', '\\xffd8ff'::bytea || decode (repeat ('ab', 80), 'hex'), 'image/jpeg');"
    "SELECT api.set_image (%d, 2, 'signature', '\\x89504e470d0a1a0a'::bytea || decode (repeat ('cd', 80), 'hex'), 'image/png')",
    application, application, driver, application, application, application, application);

  return application;
}

void
schema_office_submit (const char *db,
                      int         application)
{
  g_autofree char *nothing =
    schema_office_ask (db, "anna", "SELECT api.submit_application (%d, " ROW_VERSION ", NULL)",
                       application, application);
}

void
schema_office_ask_again (const char *db,
                         const char *supervisor,
                         int         application)
{
  g_autofree char *nothing = schema_office_ask (db, supervisor,
    "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL,"
    " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1980-05-06,F,UTO}')",
    application);
}

void
schema_office_approve (const char *db,
                       int         application)
{
  schema_office_ask_again (db, "boris", application);

  g_autofree char *nothing =
    schema_office_ask (db, "boris", "SELECT api.approve_application (%d, " ROW_VERSION ", NULL)",
                       application, application);
}

int
schema_office_approved (const char *db,
                        const char *type)
{
  int application = schema_office_draft (db, type);

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  return application;
}

int
schema_office_render (const char *db,
                      int         application)
{
  g_autofree char *id =
    schema_office_ask (db, "chen", "SELECT card_id FROM api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  int card = atoi (id);
  g_autofree char *nothing = schema_office_ask (db, "chen",
    "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64), encode (sha256 ('file'), 'hex'),"
    " 'file', 'CODE', 'payload', 'MRZ', " SCHEMA_OFFICE_INPUTS ")", card, application);

  return card;
}
