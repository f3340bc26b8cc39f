/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip for the citizen: what an application still lacks, and what cures it. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

#include "plt-id-number.h"

#define LINE_WIDTH 72

guint
plt_case_get_waits (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), 0);
  return self->waits;
}

static char *
dup_waits_titles (PltCase *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (PltSource source = 0; source < plt_source_get_count (); source++)
    if (self->waits & (1u << source))
      g_ptr_array_add (titles, (char *) plt_source_get_title (source));
  g_ptr_array_add (titles, NULL);
  return g_strjoinv (", ", (char **) titles->pdata);
}

static char *
dup_time_text (GDateTime *at)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (at);

  /* Translators: day and time of day, for g_date_time_format() */
  return g_date_time_format (local, _("%-d %B %Y, %H:%M"));
}

char *
plt_case_dup_waits_text (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  if (self->waits == 0 || self->waits_since == NULL)
    return NULL;

  g_autofree char *titles = dup_waits_titles (self);
  g_autofree char *since = dup_time_text (self->waits_since);
  /* Translators: names of registries; a day and time of day */
  return g_strdup_printf (_("It waits for an answer (%s) since %s, and goes on by itself when it has"
                            " come."), titles, since);
}

/* Breaks at spaces; lines after the first are set in by @indent. A word longer than a line stands
 * on a line of its own. */
static void
append_wrapped (GString    *slip,
                const char *first,
                int         indent,
                const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  glong column = g_utf8_strlen (first, -1);
  gboolean at_start = TRUE;

  g_string_append (slip, first);
  for (char **word = words; *word != NULL; word++)
    {
      glong length = g_utf8_strlen (*word, -1);

      if (length == 0)
        continue;
      if (!at_start && column + 1 + length > LINE_WIDTH)
        {
          g_string_append_printf (slip, "\n%*s", indent, "");
          column = indent;
          at_start = TRUE;
        }
      if (!at_start)
        g_string_append_c (slip, ' ');
      g_string_append (slip, *word);
      column += length + (at_start ? 0 : 1);
      at_start = FALSE;
    }
  g_string_append_c (slip, '\n');
}

static void
append_head (GString *slip,
             PltCase *self)
{
  PltSession *session = plt_office_get_session (self->office);
  PltLicenceApplication *application = self->application;
  const char *id_number = plt_licence_application_get_id_number (application);
  const char *holder = plt_licence_application_get_holder_name (application);
  const char *state
      = plt_application_state_get_title (plt_licence_application_get_state (application));
  const char *type = plt_application_type_get_title (plt_licence_application_get_type_ (application));
  const char *office = plt_session_get_office_name (session);
  g_autofree char *id = plt_id_number_to_display (id_number);
  g_autofree char *title = NULL;
  g_autofree char *line = NULL;

  append_wrapped (slip, "", 0, office != NULL ? office : "");
  g_string_append_c (slip, '\n');
  /* Translators: the application's number */
  title = g_strdup_printf (_("What is missing for application %s"),
                           plt_licence_application_get_number (application));
  append_wrapped (slip, "", 0, title);
  /* Translators: name, ID number, type and state of an application */
  line = g_strdup_printf (_("%s, ID number %s. %s: %s."),
                          holder != NULL && *holder != '\0' ? holder : _("No Name Yet"), id, type,
                          state);
  append_wrapped (slip, "", 0, line);
  g_string_append_c (slip, '\n');
}

static void
append_item (GString    *slip,
             guint      *n_items,
             const char *text,
             const char *cure)
{
  g_autofree char *first = g_strdup_printf ("%2u. ", ++*n_items);

  append_wrapped (slip, first, 4, text);
  if (cure != NULL && *cure != '\0')
    append_wrapped (slip, "    ", 4, cure);
}

/* Who has decided and who prints has nothing to bring to an application any more. */
static gboolean
is_open (PltCase *self)
{
  switch (plt_licence_application_get_state (self->application))
    {
    case PLT_APPLICATION_STATE_DRAFT:
    case PLT_APPLICATION_STATE_RETURNED:
    case PLT_APPLICATION_STATE_SUBMITTED:
    case PLT_APPLICATION_STATE_WAITING:
      return TRUE;
    default:
      return FALSE;
    }
}

static guint
append_missing (GString *slip,
                PltCase *self)
{
  guint n_findings = g_list_model_get_n_items (G_LIST_MODEL (self->findings));
  guint n_items = 0;

  if (!is_open (self))
    return 0;
  if (self->waits != 0)
    {
      g_autofree char *titles = dup_waits_titles (self);
      /* Translators: names of registries */
      g_autofree char *text = g_strdup_printf (_("An answer is missing: %s."), titles);
      append_item (slip, &n_items, text,
                   _("You need not come again for this: the office asks again by itself, and the"
                     " application goes on when the answer has come."));
    }
  if (self->portrait == NULL)
    append_item (slip, &n_items, _("The photo is missing."), _("Take or load one."));
  for (guint i = 0; i < n_findings; i++)
    {
      g_autoptr (PltFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->findings), i);
      if (plt_finding_get_severity (finding) == PLT_SEVERITY_HARD)
        append_item (slip, &n_items, plt_finding_get_text (finding), plt_finding_get_cure (finding));
    }
  return n_items;
}

char *
plt_case_dup_slip (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  g_autoptr (GString) slip = g_string_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *at = dup_time_text (now);
  g_autofree char *foot = NULL;

  append_head (slip, self);
  if (append_missing (slip, self) == 0)
    append_wrapped (slip, "", 0, _("Nothing is missing."));
  g_string_append_c (slip, '\n');
  /* Translators: a day and time of day, a name */
  foot = g_strdup_printf (_("As of %s. %s"), at,
                          plt_session_get_staff_name (plt_office_get_session (self->office)));
  append_wrapped (slip, "", 0, foot);
  return g_string_free (g_steal_pointer (&slip), FALSE);
}
