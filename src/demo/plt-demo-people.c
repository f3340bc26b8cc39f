/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks the citizens to try up in all registries and says what there is to see about each. */
#include "plt-demo-people.h"

#include "plt-demo-characters.h"
#include "plt-demo-cluster.h"
#include "plt-demo-commands.h"
#include "plt-demo-population.h"
#include "plt-demo-portrait.h"
#include "plt-demo-prepared.h"

#include "plt-fold.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#define LONG_NAME 45

/* What the registries say about one person; NULL results mean unknown there. */
typedef struct
{
  PGresult *rows[PLT_DEMO_N_REGISTRIES];
} Facts;

static const char *const questions[] = {
  "select surname, array_to_string(forenames, ' ') as forenames, born_on, died_on, surname_native,"
  " forenames_native[1] as forename_native, street || ', ' || town as address, script,"
  " extract(year from age(born_on))::int as age from person where id = $1",

  "select family_name, given_names, birth, expires, medical, suspended_until,"
  " replace(address, E'\\n', ', ') as address, licence_no,"
  " case when medical < current_date then medical end as medical_over"
  " from driver where citizen = $1",

  "select holder, (select sum(fine) from infringement i"
  " where i.person_id = o.person_id and not i.paid) as due from offender o where person_id = $1",
};

static const char *
get (const Facts     *facts,
     PltDemoRegistry  registry,
     const char      *column)
{
  PGresult *rows = facts->rows[registry];

  return PQntuples (rows) > 0 ? plt_demo_sql_get (rows, 0, column) : NULL;
}

static gboolean
differ (const Facts     *facts,
        const char      *in_identity,
        PltDemoRegistry  other,
        const char      *in_other,
        gboolean         folded)
{
  const char *a = get (facts, PLT_DEMO_IDENTITY, in_identity);
  const char *b = get (facts, other, in_other);

  if (a == NULL || b == NULL)
    return FALSE;

  g_autofree char *a_key = folded ? plt_fold_name (a) : plt_fold_case (a);
  g_autofree char *b_key = folded ? plt_fold_name (b) : plt_fold_case (b);

  return !g_str_equal (a_key, b_key);
}

static char *
describe_person (const Facts  *facts,
                 const char  **kind)
{
  const char *died = get (facts, PLT_DEMO_IDENTITY, "died_on");
  const char *age = get (facts, PLT_DEMO_IDENTITY, "age");

  if (get (facts, PLT_DEMO_IDENTITY, "surname") == NULL)
    {
      *kind = "not_in_identity";
      return g_strdup (_("Drives, but the population register does not know the number."));
    }
  if (died != NULL)
    {
      *kind = "deceased";
      return g_strdup_printf (_("Died on %s; the licence is still valid."), died);
    }
  if (g_ascii_strtoll (age, NULL, 10) < 18)
    {
      *kind = "under_age";
      return g_strdup_printf (_("Is %s years old: too young for a car."), age);
    }
  if (get (facts, PLT_DEMO_DRIVER, "licence_no") == NULL)
    {
      *kind = "first_licence";
      return g_strdup_printf (_("Is %s years old and has no licence yet: a first licence."), age);
    }

  return NULL;
}

static char *
describe_rights (const Facts  *facts,
                 const char  **kind)
{
  const char *suspended = get (facts, PLT_DEMO_DRIVER, "suspended_until");
  const char *medical = get (facts, PLT_DEMO_DRIVER, "medical_over");
  const char *due = get (facts, PLT_DEMO_INFRINGEMENT, "due");

  if (suspended != NULL)
    {
      *kind = "suspended";
      return g_strdup_printf (_("May not drive until %s."), suspended);
    }
  if (medical != NULL)
    {
      *kind = "medical";
      return g_strdup_printf (_("Drives lorries; the medical certificate ran out on %s."), medical);
    }
  if (due != NULL)
    {
      *kind = "unpaid";
      return g_strdup_printf (_("Has unpaid fines of %s."), due);
    }

  return NULL;
}

static char *
describe_differences (const Facts  *facts,
                      const char  **kind)
{
  if (differ (facts, "born_on", PLT_DEMO_DRIVER, "birth", FALSE))
    {
      *kind = "birth_date";
      return g_strdup_printf (_("Born on %s in the population register, on %s in the driver "
                                "register."), get (facts, PLT_DEMO_IDENTITY, "born_on"),
                              get (facts, PLT_DEMO_DRIVER, "birth"));
    }
  if (differ (facts, "surname", PLT_DEMO_DRIVER, "family_name", TRUE))
    {
      *kind = "family_name";
      return g_strdup_printf (_("Is called %s in the driver register."),
                              get (facts, PLT_DEMO_DRIVER, "family_name"));
    }
  if (differ (facts, "address", PLT_DEMO_DRIVER, "address", FALSE))
    {
      *kind = "old_address";
      return g_strdup_printf (_("Has moved; the driver register still has %s."),
                              get (facts, PLT_DEMO_DRIVER, "address"));
    }
  if (differ (facts, "surname", PLT_DEMO_DRIVER, "family_name", FALSE))
    {
      *kind = "diacritics";
      return g_strdup_printf (_("Is written %s in the driver register."),
                              get (facts, PLT_DEMO_DRIVER, "family_name"));
    }

  return NULL;
}

static char *
describe_names (const Facts  *facts,
                const char  **kind)
{
  const char *native = get (facts, PLT_DEMO_IDENTITY, "surname_native");
  const char *surname = get (facts, PLT_DEMO_IDENTITY, "surname");
  const char *expires = get (facts, PLT_DEMO_DRIVER, "expires");

  if (native != NULL)
    {
      *kind = "two_scripts";
      return g_strdup_printf (_("Is also written %s %s; the licence expires on %s."),
                              get (facts, PLT_DEMO_IDENTITY, "forename_native"), native, expires);
    }
  if (g_utf8_strlen (surname, -1) > LONG_NAME)
    {
      *kind = "longest_names";
      return g_strdup_printf (_("Names of %ld and %ld characters; the licence expires on %s."),
                              g_utf8_strlen (surname, -1),
                              g_utf8_strlen (get (facts, PLT_DEMO_IDENTITY, "forenames"), -1),
                              expires);
    }
  *kind = "renewal";

  return g_strdup_printf (_("All registries agree; the licence expires on %s: a clean renewal."),
                          expires);
}

static char *
describe (const Facts  *facts,
          const char  **kind)
{
  char *text = describe_person (facts, kind);

  if (text == NULL)
    text = describe_rights (facts, kind);
  if (text == NULL)
    text = describe_differences (facts, kind);
  if (text == NULL)
    text = describe_names (facts, kind);

  return text;
}

static char *
find_name (const Facts *facts)
{
  const char *surname = get (facts, PLT_DEMO_IDENTITY, "surname");

  if (surname != NULL)
    return g_strdup_printf ("%s %s", get (facts, PLT_DEMO_IDENTITY, "forenames"), surname);

  return g_strdup_printf ("%s %s", get (facts, PLT_DEMO_DRIVER, "given_names"),
                          get (facts, PLT_DEMO_DRIVER, "family_name"));
}

void
plt_demo_person_free (PltDemoPerson *self)
{
  g_free (self->id_number);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static PltDemoPerson *
look_up (PGconn      *connections[PLT_DEMO_N_REGISTRIES],
         int          index,
         GError     **error)
{
  char id_number[12];
  Facts facts = { { NULL } };
  PltDemoPerson *person = NULL;
  gboolean asked = TRUE;

  plt_demo_citizen_write_id ((guint64) index, id_number);
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES && asked; i++)
    {
      facts.rows[i] = plt_demo_sql_query (connections[i], questions[i], 1,
                                          (const char *[]) { id_number }, error);
      asked = facts.rows[i] != NULL;
    }
  if (asked)
    {
      person = g_new0 (PltDemoPerson, 1);
      person->id_number = g_strdup (id_number);
      person->name = find_name (&facts);
      person->text = describe (&facts, &person->kind);
    }
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    PQclear (facts.rows[i]);

  return person;
}

GPtrArray *
plt_demo_people_list (PltDemoBox  *box,
                      GError     **error)
{
  g_autoptr (GPtrArray) people =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_demo_person_free);
  PGconn *connections[PLT_DEMO_N_REGISTRIES] = { NULL };
  gboolean done = TRUE;

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES && done; i++)
    {
      connections[i] = plt_demo_cluster_connect (box,
                                                 plt_demo_registry_to_nick ((PltDemoRegistry) i),
                                                 PLT_DEMO_SUPERUSER, error);
      done = connections[i] != NULL;
    }
  for (int i = 0; i < plt_demo_characters_count () && done; i++)
    {
      PltDemoPerson *person = look_up (connections, i, error);

      done = person != NULL;
      if (done)
        g_ptr_array_add (people, person);
    }
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    g_clear_pointer (&connections[i], PQfinish);

  return done ? g_steal_pointer (&people) : NULL;
}

/* (nullable): what the @at-th of @people has prepared at home. */
static PltDemoPrepared *
find_prepared (GPtrArray *people,
               guint      at)
{
  const char *kind = ((PltDemoPerson *) people->pdata[at])->kind;
  int nth = 0;

  for (guint i = 0; i < at; i++)
    nth += g_str_equal (((PltDemoPerson *) people->pdata[i])->kind, kind);

  return plt_demo_prepared_find (kind, nth);
}

static void
add_prepared (JsonBuilder     *builder,
              PltDemoPrepared *prepared)
{
  if (prepared == NULL)
    return;
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, prepared->code);
  json_builder_set_member_name (builder, "prepared");
  json_builder_add_string_value (builder, prepared->text);
}

static void
print_json (GPtrArray *people)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    {
      PltDemoPerson *person = people->pdata[i];
      g_autoptr (PltDemoPrepared) prepared = find_prepared (people, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, person->kind);
      json_builder_set_member_name (builder, "id_number");
      json_builder_add_string_value (builder, person->id_number);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, person->name);
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, person->text);
      add_prepared (builder, prepared);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  printf ("%s\n", text);
}

gboolean
plt_demo_command_people (PltDemoBox            *box,
                         const PltDemoOptions  *options,
                         char                 **arguments,
                         GError               **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  people = plt_demo_people_list (box, error);
  if (people == NULL)
    return FALSE;
  if (options->json)
    print_json (people);
  for (guint i = 0; i < people->len && !options->json; i++)
    {
      PltDemoPerson *person = people->pdata[i];
      g_autoptr (PltDemoPrepared) prepared = find_prepared (people, i);

      printf ("%s  %s: %s\n", person->id_number, person->name, person->text);
      if (prepared != NULL)
        printf ("%13s%s  %s\n", "", prepared->code, prepared->text);
    }

  return TRUE;
}

/* The very picture that the population register gives out. */
GBytes *
plt_demo_people_draw_portrait (PltDemoBox  *box,
                               const char  *id_number,
                               GError     **error)
{
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "identity", PLT_DEMO_SUPERUSER,
                                                            error);
  g_autoptr (PGresult) rows = NULL;

  if (connection == NULL)
    return NULL;
  rows = plt_demo_sql_query (connection, "select portrait_ref from person where id = $1", 1,
                             (const char *[]) { id_number }, error);
  if (rows == NULL)
    return NULL;
  if (PQntuples (rows) == 0)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                   _("There is no portrait of %s, because the population register does not know "
                     "this number."), id_number);
      return NULL;
    }

  return plt_demo_portrait_draw_reference (PQgetvalue (rows, 0, 0), error);
}
