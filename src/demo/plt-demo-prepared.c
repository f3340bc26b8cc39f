/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepares applications for some of the citizens to try, with what is in order and what is not. */
#include "plt-demo-prepared.h"

#include "plt-demo-cluster.h"
#include "plt-demo-people.h"
#include "plt-demo-preenrolment.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char plain_letters[] = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"; /* without I, L and O */

/* One of the citizens of a kind, and what was prepared. What is stated is the population register's
 * entry, but for the columns given here. */
typedef struct
{
  const char *kind; /* of plt_demo_people_list() */
  int         nth;  /* of that kind */
  const char *office;
  const char *state;
  const char *what;
  const char *categories;
  const char *language;
  const char *surname;  /* (nullable) */
  const char *forenames; /* (nullable): an SQL array */
  const char *address;  /* (nullable): the same */
  int         days;     /* it is still valid; negative: has been over */
  gboolean    has_photo;
  const char *text;
} Item;

static const Item items[] = {
  { "renewal", 0, "UC", "SUBMITTED", "RENEW", "{B}", "en", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared a renewal at home, with a photo.") },
  { "renewal", 1, "UC", "SUBMITTED", "RENEW", "{B}", "en", NULL, NULL, NULL, -1, TRUE,
    N_("Prepared a renewal at home that has expired.") },
  { "first_licence", 0, "UC", "SUBMITTED", "FIRST", "{B}", "fr", NULL, NULL, NULL, 45, TRUE,
    N_("Prepared a first licence at home, with a photo, and writes French.") },
  { "first_licence", 1, "UC", "SUBMITTED", "FIRST", "{B}", "en", NULL, NULL, NULL, 45, FALSE,
    N_("Prepared a first licence at home, without a photo.") },
  { "longest_names", 0, "UC", "CANCELLED", "RENEW", "{B}", "en", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared a renewal at home and cancelled it.") },
  { "two_scripts", 0, "UN", "SUBMITTED", "RENEW", "{B}", "en", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared a renewal at home for the office UN.") },
  { "two_scripts", 1, "UC", "DONE", "RENEW", "{B}", "en", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared a renewal at home that was used already.") },
  { "unpaid", 0, "UC", "SUBMITTED", "RENEW", "{B}", "en", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared a renewal at home, with a photo.") },
  { "family_name", 0, "UC", "SUBMITTED", "CORRECT", "{B}", "fr", NULL, NULL, NULL, 60, TRUE,
    N_("Prepared the correction of a name at home.") },
  { "old_address", 0, "UC", "SUBMITTED", "REPLACE", "{B}", "en", NULL, NULL,
    "{\"Lighthouse Quay 5\",\"1070 UTOPIA CITY\"}", 60, TRUE,
    N_("Prepared a replacement at home, with an address that no registry has.") },
  { "diacritics", 0, "UC", "SUBMITTED", "RENEW", "{B}", "en", "Schroder-Angstrom", "{Jurgen,Andre}",
    NULL, 60, TRUE, N_("Prepared a renewal at home, without the accents of the name.") },
};

void
plt_demo_prepared_free (PltDemoPrepared *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->text);
  g_free (self);
}

/* ISO/IEC 7064 MOD 37,36. */
static char
find_check_character (const char *text)
{
  int product = 36;

  for (; *text != '\0'; text++)
    {
      int sum = (product + (int) (strchr (letters, *text) - letters)) % 36;

      product = (sum == 0 ? 36 : sum) * 2 % 37;
    }

  return letters[(37 - product) % 36];
}

/* The same for the same item, spread as those of a real service would be. */
static char *
make_code (int item)
{
  guint64 n = G_GUINT64_CONSTANT (11400714819323198485) * (guint64) (item + 1);

  for (;; n = n * 6364136223846793005 + 1442695040888963407)
    {
      char code[11] = "PE";
      guint64 rest = n >> 16;

      for (int i = 2; i < 9; i++, rest /= 33)
        code[i] = plain_letters[rest % 33];
      code[9] = find_check_character (code);
      /* One of letters alone would be taken for a name. */
      if (strchr (plain_letters, code[9]) != NULL && strpbrk (code, "0123456789") != NULL)
        return g_strdup (code);
    }
}

/* Numbers the persons of one kind in the order of the list. */
static int
count_before (GPtrArray  *people,
              guint       at,
              const char *kind)
{
  int nth = 0;

  for (guint i = 0; i < at; i++)
    nth += g_str_equal (((PltDemoPerson *) people->pdata[i])->kind, kind);

  return nth;
}

static int
find_item (const char *kind,
           int         nth)
{
  for (size_t i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_equal (items[i].kind, kind) && items[i].nth == nth)
      return (int) i;

  return -1;
}

PltDemoPrepared *
plt_demo_prepared_find (const char *kind,
                        int         nth)
{
  int item = find_item (kind, nth);
  PltDemoPrepared *prepared;
  g_autofree char *code = NULL;

  if (item < 0)
    return NULL;
  code = make_code (item);
  prepared = g_new0 (PltDemoPrepared, 1);
  prepared->code = g_strdup_printf ("PE-%.4s-%s", code + 2, code + 6);
  prepared->text = g_strdup (_(items[item].text));

  return prepared;
}

static gboolean
make_database (PltDemoBox  *box,
               GError     **error)
{
  g_autoptr (PGconn) cluster = plt_demo_cluster_connect (box, "postgres", PLT_DEMO_SUPERUSER, error);
  g_autoptr (PGconn) connection = NULL;

  if (cluster == NULL ||
      !plt_demo_sql_run (cluster, "do $$ begin if not exists (select from pg_roles where rolname = '"
                         PLT_DEMO_PREENROLMENT "') then create role " PLT_DEMO_PREENROLMENT
                         " login; end if; end $$", error) ||
      !plt_demo_sql_run (cluster, "drop database if exists " PLT_DEMO_PREENROLMENT " with (force)",
                         error) ||
      !plt_demo_sql_run (cluster, "create database " PLT_DEMO_PREENROLMENT, error))
    return FALSE;
  connection = plt_demo_cluster_connect (box, PLT_DEMO_PREENROLMENT, PLT_DEMO_SUPERUSER, error);

  return connection != NULL &&
         plt_demo_sql_run_resource (connection, "preenrolment.sql", error);
}

/* What somebody who knows their papers would type. */
static gboolean
prepare (PGconn      *identity,
         PGconn      *service,
         const char  *id_number,
         int          item,
         GError     **error)
{
  const Item *what = &items[item];
  g_autofree char *code = make_code (item);
  g_autofree char *days = g_strdup_printf ("%d", what->days);
  g_autoptr (PGresult) person = plt_demo_sql_query (identity,
    "select surname, forenames, born_on, born_at, sex, nationality, array[street, town] as address,"
    " portrait_ref from person where id = $1", 1, (const char *[]) { id_number }, error);
  g_autoptr (PGresult) added = NULL;

  if (person == NULL || PQntuples (person) == 0)
    return person != NULL;
  added = plt_demo_sql_query (service,
    "insert into application (code, office, state, kind, categories, language, submitted_at,"
    " valid_until, id_number, surname, forenames, born_on, born_at, sex, nationality, address,"
    " email, mobile, portrait_ref) values ($1, $2, $3, $4, $5, $6,"
    " date_trunc('second', now() - interval '2 days'), current_date + $7::int, $8, $9, $10, $11, $12,"
    " $13, $14, $15, lower('applicant.' || $8 || '@post.example'), '+00 555 ' || right($8, 6), $16)",
    16, (const char *[]) {
      code, what->office, what->state, what->what, what->categories, what->language, days, id_number,
      what->surname != NULL ? what->surname : plt_demo_sql_get (person, 0, "surname"),
      what->forenames != NULL ? what->forenames : plt_demo_sql_get (person, 0, "forenames"),
      plt_demo_sql_get (person, 0, "born_on"), plt_demo_sql_get (person, 0, "born_at"),
      plt_demo_sql_get (person, 0, "sex"), plt_demo_sql_get (person, 0, "nationality"),
      what->address != NULL ? what->address : plt_demo_sql_get (person, 0, "address"),
      what->has_photo ? plt_demo_sql_get (person, 0, "portrait_ref") : NULL,
    }, error);

  return added != NULL;
}

gboolean
plt_demo_prepared_fill (PltDemoBox  *box,
                        GError     **error)
{
  g_autoptr (GPtrArray) people = plt_demo_people_list (box, error);
  g_autoptr (PGconn) identity = NULL;
  g_autoptr (PGconn) service = NULL;

  if (people == NULL || !make_database (box, error))
    return FALSE;
  identity = plt_demo_cluster_connect (box, "identity", PLT_DEMO_SUPERUSER, error);
  service = identity != NULL ? plt_demo_cluster_connect (box, PLT_DEMO_PREENROLMENT,
                                                         PLT_DEMO_SUPERUSER, error)
                             : NULL;
  if (service == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      PltDemoPerson *person = people->pdata[i];
      int item = find_item (person->kind, count_before (people, i, person->kind));

      if (item >= 0 && !prepare (identity, service, person->id_number, item, error))
        return FALSE;
    }

  return TRUE;
}
