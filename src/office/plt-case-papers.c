/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, records and takes back the papers of an application, and lets the rules look at it again. */
#include "plt-case-papers.h"

#include "plt-case-private.h"
#include "plt-date.h"
#include "plt-law.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

void
plt_paper_free (PltPaper *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

void
plt_paper_kind_free (PltPaperKind *self)
{
  g_free (self->kind);
  g_free (self->title);
  g_strfreev (self->members);
  g_strfreev (self->demanded);
  g_free (self);
}

/* ---- words ---- */

static const struct
{
  const char *member;
  const char *title;
} titles[] = {
  { "amount", N_("A_mount, in the smallest unit") },
  { "categories", N_("_Categories, with commas") },
  { "category", N_("_Category") },
  { "country", N_("Coun_try, three letters") },
  { "examiner", N_("_Examiner") },
  { "group", N_("_Group") },
  { "number", N_("_Number of the licence") },
  { "person", N_("_Person who signs") },
  { "points", N_("P_oints taken away") },
  { "result", N_("Res_ult") },
  { "retest", N_("New _tests") },
  { "since", N_("Since (YYYY-MM-DD)") },
  { "until", N_("Until (YYYY-MM-DD)") },
  { "what", N_("_What is given back") },
};

const char *
plt_paper_member_get_title (const char *member)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].member, member))
      return _(titles[i].title);

  return member;
}

const char * const *
plt_paper_member_get_words (const PltPaperKind *kind,
                            const char         *member)
{
  static const char * const fitness[] = { "fit", N_("Fit"), "unfit", N_("Unfit"), NULL };
  static const char * const results[] = { "passed", N_("Passed"), "failed", N_("Failed"), NULL };
  static const char * const groups[] = { "1", N_("Group 1: cars and motorcycles"),
                                         "2", N_("Group 2: lorries and buses"), NULL };
  static const char * const taken[] = { "suspension", N_("Suspended licence"),
                                        "withdrawal", N_("Withdrawn licence"),
                                        "disqualification", N_("Disqualification"), NULL };
  static const char * const retests[] = { "yes", N_("Must be passed again"),
                                          "no", N_("Are not needed"), NULL };

  if (g_str_equal (member, "result"))
    return g_str_equal (kind->kind, "medical") ? fitness : results;
  if (g_str_equal (member, "group"))
    return groups;
  if (g_str_equal (member, "what"))
    return taken;

  return g_str_equal (member, "retest") ? retests : NULL;
}

/* ---- reading ---- */

/* It begins a line here; the database says it within a sentence. */
static char *
dup_capitalised (const char *title)
{
  g_autofree char *first = g_utf8_substring (title, 0, MIN (1, g_utf8_strlen (title, -1)));
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, title + strlen (first), NULL);
}

static JsonArray *
parse_array (const char  *json,
             JsonNode   **root,
             GError     **error)
{
  *root = json != NULL ? json_from_string (json, NULL) : NULL;
  if (*root != NULL && JSON_NODE_HOLDS_ARRAY (*root))
    return json_node_get_array (*root);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("The office database gave an answer that this version cannot read. Tell the "
                         "administrator."));

  return NULL;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static char *
dup_day (const char *iso)
{
  PltDate day;

  return plt_date_parse_iso (iso, &day) ? plt_date_to_display (day) : g_strdup (iso);
}

/* “B · passed · Vera Holm”: what the paper says, in the words of the form. */
static char *
dup_said (JsonObject *paper)
{
  g_autoptr (JsonNode) root = json_from_string (get_text (paper, "details"), NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GList) members = NULL;
  PltPaperKind kind = { .kind = (char *) get_text (paper, "paper") };

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup ("");
  members = json_object_get_members (json_node_get_object (root));
  for (GList *at = members; at != NULL; at = at->next)
    {
      const char *value = get_text (json_node_get_object (root), at->data);
      const char * const *words = plt_paper_member_get_words (&kind, at->data);
      g_autofree char *day = dup_day (value);

      for (int i = 0; words != NULL && words[i] != NULL; i += 2)
        if (g_str_equal (words[i], value))
          value = _(words[i + 1]);
      g_string_append_printf (said, "%s%s", said->len > 0 ? " · " : "",
                              words == NULL ? day : value);
      if (g_str_equal (at->data, "points"))
        g_string_append_printf (said, " %s", _("points taken away"));
    }

  return g_string_free (g_steal_pointer (&said), FALSE);
}

static PltPaper *
read_paper (JsonObject *object)
{
  PltPaper *paper = g_new0 (PltPaper, 1);
  g_autofree char *day = dup_day (get_text (object, "dated"));
  g_autofree char *title = dup_capitalised (get_text (object, "title"));
  g_autofree char *said = dup_said (object);
  g_autofree char *made = NULL;
  g_autofree char *fate = NULL;

  paper->id = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member_with_default (object, "id", 0));
  paper->stands = *get_text (object, "withdrawn_by") == '\0';
  /* Translators: a kind of paper such as “medical certificate”, a date */
  paper->title = g_strdup_printf (_("%s, %s"), title, day);
  /* Translators: who made a paper, its number, who recorded it */
  made = g_strdup_printf (_("%s, number %s; recorded by %s"), get_text (object, "authority"),
                          get_text (object, "reference"), get_text (object, "recorded_by"));
  fate = paper->stands ? NULL
                       /* Translators: a person, a reason */
                       : g_strdup_printf (_("Taken back by %s: %s"), get_text (object, "withdrawn_by"),
                                          get_text (object, "reason"));
  paper->detail = *said != '\0' ? g_strjoin ("\n", said, made, fate, NULL)
                                : g_strjoin ("\n", made, fate, NULL);

  return paper;
}

GPtrArray *
plt_papers_parse (const char  *json,
                  GError     **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array = parse_array (json, &root, error);
  GPtrArray *papers;

  if (array == NULL)
    return NULL;
  papers = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_paper_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (papers, read_paper (json_array_get_object_element (array, i)));

  return papers;
}

static char **
split_members (JsonObject *object,
               const char *member)
{
  const char *text = get_text (object, member);

  return *text != '\0' ? g_strsplit (text, ", ", -1) : g_new0 (char *, 1);
}

GPtrArray *
plt_paper_kinds_parse (const char  *json,
                       GError     **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array = parse_array (json, &root, error);
  GPtrArray *kinds;

  if (array == NULL)
    return NULL;
  kinds = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_paper_kind_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      PltPaperKind *kind = g_new0 (PltPaperKind, 1);

      kind->kind = g_strdup (get_text (object, "paper"));
      kind->title = dup_capitalised (get_text (object, "title"));
      kind->members = split_members (object, "members");
      kind->demanded = split_members (object, "demanded");
      g_ptr_array_add (kinds, kind);
    }

  return kinds;
}

static void
papers_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *json = plt_law_ask_finish (result, &error);
  GPtrArray *papers = error == NULL ? plt_papers_parse (json, &error) : NULL;

  if (papers == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, papers, (GDestroyNotify) g_ptr_array_unref);
}

void
plt_case_read_papers_async (PltCase             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  const char *arguments[] = { plt_licence_application_get_number (self->application) };

  plt_law_ask_async (self->office, PLT_LAW_EVIDENCE, arguments, cancellable, papers_read_cb,
                     g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
plt_case_read_papers_finish (PltCase       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- writing ---- */

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);

  /* The paper is recorded. If the case cannot be looked at now, it will be after the trouble. */
  if (read != NULL)
    plt_case_apply (self, read);
  else
    g_info ("A case was not read again after a paper: %s", error->message);
  plt_case_end_write (self);
  g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *json = plt_law_ask_finish (result, &error);

  if (json == NULL)
    {
      plt_case_end_write (self);
      plt_case_reload_soon (self);
      g_task_return_error (task, error);
      return;
    }
  plt_store_read_case_async (plt_office_get_store (self->office),
                             plt_licence_application_get_number (self->application),
                             plt_licence_application_get_id (self->application), NULL, judged_cb,
                             g_steal_pointer (&task));
}

/* "B, c" is B;;;|C;;;: a foreign licence names its categories. */
static char *
spell_categories (const char *typed)
{
  g_autoptr (GString) spelt = g_string_new (NULL);
  g_auto (GStrv) codes = g_strsplit_set (typed, ", ", -1);

  for (int i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *code = g_ascii_strup (codes[i], -1);

      if (*code != '\0')
        g_string_append_printf (spelt, "%s%s;;;", spelt->len > 0 ? "|" : "", code);
    }

  return g_string_free (g_steal_pointer (&spelt), FALSE);
}

static char *
spell_details (const PltPaperKind *kind,
               const char * const *values)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  for (int i = 0; kind->members[i] != NULL; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (values[i]));
      g_autofree char *categories =
        g_str_equal (kind->members[i], "categories") ? spell_categories (text) : NULL;

      if (*text == '\0')
        continue;
      if (g_str_equal (kind->members[i], "category") || g_str_equal (kind->members[i], "country"))
        for (char *at = text; *at != '\0'; at++)
          *at = g_ascii_toupper (*at);
      json_builder_set_member_name (builder, kind->members[i]);
      json_builder_add_string_value (builder, categories != NULL ? categories : text);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

void
plt_case_record_paper_async (PltCase             *self,
                             const PltPaperKind  *kind,
                             const char          *dated,
                             const char          *authority,
                             const char          *reference,
                             const char * const  *values,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self) && kind != NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *details = spell_details (kind, values);
  g_autofree char *day = g_strstrip (g_strdup (dated));
  PltDate date;
  const char *arguments[] = { plt_licence_application_get_number (self->application), kind->kind,
                              day, authority, reference, details };

  if (!plt_date_parse_iso (day, &date))
    {
      g_task_return_new_error (task, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                               _("The paper was not recorded, because “%s” is no day. Type it as "
                                 "YYYY-MM-DD."), day);
      g_object_unref (task);
      return;
    }
  plt_case_begin_write (self);
  plt_law_ask_async (self->office, PLT_LAW_RECORD_EVIDENCE, arguments, cancellable, written_cb, task);
}

void
plt_case_take_back_paper_async (PltCase             *self,
                                const char          *id,
                                const char          *reason,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  const char *arguments[] = { plt_licence_application_get_number (self->application), id, reason };

  plt_case_begin_write (self);
  plt_law_ask_async (self->office, PLT_LAW_WITHDRAW_EVIDENCE, arguments, cancellable, written_cb,
                     g_task_new (self, cancellable, callback, user_data));
}

gboolean
plt_case_paper_finish (PltCase       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
