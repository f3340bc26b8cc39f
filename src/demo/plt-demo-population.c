/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes citizens into the registries' tables with COPY, each registry in its own notation. */
#include "plt-demo-population.h"

#include "plt-demo-characters.h"
#include "plt-demo-process.h"

#include <string.h>

#define FLUSH_BYTES 200000

/* COPY into several tables at a time needs a connection for each; the big one streams, the
 * smaller one of a registry is collected and follows. */
typedef struct
{
  PGconn  *connection;
  GString *rows;
  GString *detail_rows;
} Target;

static const char *const nicks[] = { "identity", "driver", "infringement" };
static const char *const copies[] = {
  "copy person (id, surname, forenames, surname_native, forenames_native, script, sex, born_on,"
  " born_at, nationality, street, town, moved_in, portrait_ref, died_on) from stdin",
  "copy driver (citizen, family_name, given_names, birth, sex, nationality, address, licence_no,"
  " status, first_issued, issued, expires, office, medical, suspended_until) from stdin",
  "copy offender from stdin",
};
static const char *const detail_copies[] = {
  NULL,
  "copy entitlement from stdin",
  "copy infringement (case_no, person_id, committed, offence, place, points, points_until, fine,"
  " paid) from stdin",
};

const char *
plt_demo_registry_to_nick (PltDemoRegistry registry)
{
  return nicks[registry];
}

gboolean
plt_demo_registry_from_nick (const char      *nick,
                             PltDemoRegistry *registry)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *registry = (PltDemoRegistry) i;
        return TRUE;
      }

  return FALSE;
}

/* Text format of COPY: a tab, a newline and a backslash inside a value are escaped. */
static void
add_text (GString    *row,
          const char *value)
{
  for (const char *at = value != NULL ? value : ""; *at != '\0'; at++)
    switch (*at)
      {
      case '\t': g_string_append (row, "\\t"); break;
      case '\n': g_string_append (row, "\\n"); break;
      case '\\': g_string_append (row, "\\\\"); break;
      default: g_string_append_c (row, *at);
      }
  g_string_append (row, value != NULL ? "\t" : "\\N\t");
}

static void
add_date (GString *row,
          PltDate  date)
{
  if (plt_date_is_set (date))
    g_string_append_printf (row, "%04d-%02d-%02d\t", date.year, date.month, date.day);
  else
    g_string_append (row, "\\N\t");
}

/* Given names never hold quotes or commas, so words in braces are an array. */
static void
add_words (GString    *row,
           const char *words)
{
  if (words == NULL)
    {
      add_text (row, NULL);
      return;
    }

  g_autofree char *array = g_strdup (words);

  g_string_append_printf (row, "{%s}\t", g_strdelimit (array, " ", ','));
}

static void
end_row (GString *row)
{
  row->str[row->len - 1] = '\n';
}

static void
write_person (Target               *target,
              const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_IDENTITY];
  GString *row = target->rows;

  add_text (row, citizen->id_number);
  add_text (row, record->family_name);
  add_words (row, record->given_names);
  add_text (row, citizen->family_name_native);
  add_words (row, citizen->given_names_native);
  add_text (row, g_str_equal (citizen->script, "latin") ? NULL : citizen->script);
  add_text (row, citizen->sex == 'M' ? "1" : citizen->sex == 'F' ? "2" : "9");
  add_date (row, record->birth);
  add_text (row, citizen->birth_place);
  add_text (row, citizen->nationality);
  add_text (row, record->street);
  add_text (row, record->town);
  add_date (row, citizen->moved_in);
  g_string_append_printf (row, "%c/%d/%s\t", citizen->sex, record->birth.year,
                          citizen->id_number);
  add_date (row, citizen->death);
  end_row (row);
}

static void
add_capitals (GString    *row,
              const char *value)
{
  g_autofree char *capitals = g_utf8_strup (value, -1);

  add_text (row, capitals);
}

static void
write_driver (Target               *target,
              const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_DRIVER];
  g_autofree char *address = g_strconcat (record->street, "\n", record->town, NULL);
  const char status[] = { citizen->licence_status, '\0' };
  GString *row = target->rows;

  add_text (row, citizen->id_number);
  add_capitals (row, record->family_name);
  add_capitals (row, record->given_names);
  add_date (row, record->birth);
  add_text (row, citizen->sex == 'M' ? "MALE" : citizen->sex == 'F' ? "FEMALE" : "OTHER");
  add_text (row, citizen->nationality);
  add_capitals (row, address);
  add_text (row, citizen->licence_number);
  add_text (row, status);
  add_date (row, citizen->rights[0].from);
  add_date (row, citizen->rights[0].from);
  add_date (row, citizen->licence_expiry);
  add_text (row, "UTOPIA CITY");
  add_date (row, citizen->medical);
  add_date (row, citizen->suspended_until);
  end_row (row);
}

/* This register writes B+E where the standard says BE. */
static void
add_category (GString    *row,
              const char *category)
{
  size_t length = strlen (category);

  if (length > 1 && category[length - 1] == 'E')
    g_string_append_printf (row, "%.*s+E\t", (int) length - 1, category);
  else
    add_text (row, category);
}

static void
write_rights (Target               *target,
              const PltDemoCitizen *citizen)
{
  GString *row = target->detail_rows;

  for (int i = 0; i < citizen->n_rights; i++)
    {
      add_text (row, citizen->id_number);
      add_category (row, citizen->rights[i].category);
      add_date (row, citizen->rights[i].from);
      add_date (row, citizen->rights[i].to);
      add_text (row, citizen->rights[i].codes);
      end_row (row);
    }
}

static void
write_offender (Target               *target,
                const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_INFRINGEMENT];
  g_autofree char *residence = g_strconcat (record->street, ", ", record->town, NULL);
  g_autofree char *holder = g_strconcat (record->family_name, ", ", record->given_names, NULL);
  GString *row = target->rows;

  add_text (row, citizen->id_number);
  add_text (row, holder);
  g_string_append_printf (row, "%04d%02d%02d\t", record->birth.year, record->birth.month,
                          record->birth.day);
  add_text (row, residence);
  add_date (row, citizen->suspended_until);
  end_row (row);
}

static void
write_offences (Target               *target,
                const PltDemoCitizen *citizen)
{
  GString *row = target->detail_rows;

  for (int i = 0; i < citizen->n_offences; i++)
    {
      const PltDemoOffence *offence = &citizen->offences[i];

      g_string_append_printf (row, "%s-%d\t", citizen->id_number, i + 1);
      add_text (row, citizen->id_number);
      add_date (row, offence->committed);
      add_text (row, offence->name);
      add_text (row, "Utopia City");
      g_string_append_printf (row, "%d\t", offence->points);
      add_date (row, offence->points > 0 ? plt_date_add_years (offence->committed, 3)
                                         : (PltDate) { 0, 0, 0 });
      g_string_append_printf (row, "%d.%02d\t%c\n", offence->fine_cents / 100, offence->fine_cents % 100,
                              offence->paid ? 't' : 'f');
    }
}

static void
write_citizen (Target                targets[PLT_DEMO_N_REGISTRIES],
               const PltDemoCitizen *citizen)
{
  if (citizen->records[PLT_DEMO_IDENTITY].known)
    write_person (&targets[PLT_DEMO_IDENTITY], citizen);
  if (citizen->records[PLT_DEMO_DRIVER].known)
    {
      write_driver (&targets[PLT_DEMO_DRIVER], citizen);
      write_rights (&targets[PLT_DEMO_DRIVER], citizen);
    }
  if (citizen->records[PLT_DEMO_INFRINGEMENT].known)
    {
      write_offender (&targets[PLT_DEMO_INFRINGEMENT], citizen);
      write_offences (&targets[PLT_DEMO_INFRINGEMENT], citizen);
    }
}

static gboolean
flush (Target   targets[PLT_DEMO_N_REGISTRIES],
       gsize    threshold,
       GError **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    if (targets[i].rows->len > threshold &&
        !plt_demo_sql_copy_put (targets[i].connection, targets[i].rows, error))
      return FALSE;

  return !plt_demo_process_is_interrupted (error);
}

static gboolean
begin (Target   targets[PLT_DEMO_N_REGISTRIES],
       GError **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    if (!plt_demo_sql_run (targets[i].connection, "begin", error) ||
        !plt_demo_sql_copy_begin (targets[i].connection, copies[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
end (Target   targets[PLT_DEMO_N_REGISTRIES],
     GError **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      PGconn *connection = targets[i].connection;

      if (!plt_demo_sql_copy_end (connection, error))
        return FALSE;
      if (detail_copies[i] != NULL &&
          (!plt_demo_sql_copy_begin (connection, detail_copies[i], error) ||
           !plt_demo_sql_copy_put (connection, targets[i].detail_rows, error) ||
           !plt_demo_sql_copy_end (connection, error)))
        return FALSE;
      if (!plt_demo_sql_run (connection, "commit", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
draw_all (Target               targets[PLT_DEMO_N_REGISTRIES],
          const PltDemoWorld  *world,
          int                  n_citizens,
          GString             *truth,
          GError             **error)
{
  for (int i = 0; i < n_citizens; i++)
    {
      PltDemoCitizen citizen = { 0 };

      plt_demo_citizen_draw (&citizen, world, (guint64) i);
      write_citizen (targets, &citizen);
      if (citizen.anomaly != NULL)
        g_string_append_printf (truth, "%s,%s\n", citizen.id_number, citizen.anomaly);
      plt_demo_citizen_clear (&citizen);
      if (!flush (targets, FLUSH_BYTES, error))
        return FALSE;
    }

  return flush (targets, 0, error);
}

/**
 * plt_demo_population_load:
 * @connections: one for each registry's database, with empty tables
 * @seed: the same seed gives the same people
 * @n_citizens: how many, the citizens to try included
 * @today: what ages and terms are counted from
 * @truth: file for the labelled disagreements, as CSV "id_number,kind"
 * @error: %PLT_DEMO_ERROR_FAILED or %PLT_DEMO_ERROR_INTERRUPTED; the databases are then of no use
 *
 * Returns: whether all are filled; indexes follow, by the caller
 */
gboolean
plt_demo_population_load (PGconn      *connections[PLT_DEMO_N_REGISTRIES],
                          guint64      seed,
                          int          n_citizens,
                          PltDate      today,
                          const char  *truth,
                          GError     **error)
{
  g_autoptr (PltDemoNames) names = plt_demo_names_new (error);
  g_autoptr (GString) labels = g_string_new ("id_number,kind\n");
  Target targets[PLT_DEMO_N_REGISTRIES];
  gboolean done;

  if (names == NULL)
    return FALSE;

  PltDemoWorld world = { names, seed, { today.year, 1, 1 }, today };

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    targets[i] = (Target) { connections[i], g_string_new (NULL), g_string_new (NULL) };
  done = begin (targets, error) &&
         draw_all (targets, &world, n_citizens, labels, error) &&
         end (targets, error) &&
         g_file_set_contents (truth, labels->str, (gssize) labels->len, error);
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      g_string_free (targets[i].rows, TRUE);
      g_string_free (targets[i].detail_rows, TRUE);
    }

  return done;
}
