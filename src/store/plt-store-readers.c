/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns rows into PltLicenceApplication, PltSourceAnswer, PltReconciledField, PltFinding, PltEvent
 * and PltCard. */
#include "plt-store-readers.h"

#include "plt-application.h"
#include "plt-card.h"
#include "plt-finding.h"
#include "plt-reconciliation.h"
#include "plt-store-private.h"

/* A column that is copied as it is into the property of an object. */
typedef struct
{
  const char *column;
  const char *property;
  GType       type; /* G_TYPE_STRING, _INT, _INT64, _BOOLEAN; 0: a GDateTime */
} Column;

static const Column application_columns[] = {
  { "id", "id", G_TYPE_INT64 },
  { "number", "number", G_TYPE_STRING },
  { "id_number", "id-number", G_TYPE_STRING },
  { "holder_name", "holder-name", G_TYPE_STRING },
  { "categories", "categories", G_TYPE_STRING },
  { "licence_number", "licence-number", G_TYPE_STRING },
  { "issue_date", "issue-date", G_TYPE_STRING },
  { "expiry_date", "expiry-date", G_TYPE_STRING },
  { "office_code", "office", G_TYPE_STRING },
  { "entered_by", "entered-by", G_TYPE_STRING },
  { "entered_by_login", "entered-by-login", G_TYPE_STRING },
  { "approved_by", "approved-by", G_TYPE_STRING },
  { "created_at", "created-at", 0 },
  { "changed_at", "changed-at", 0 },
  { "row_version", "row-version", G_TYPE_INT },
  { "has_portrait", "has-portrait", G_TYPE_BOOLEAN },
  { "has_signature", "has-signature", G_TYPE_BOOLEAN },
  { "stops", "stops", G_TYPE_INT },
  { "reason", "reason", G_TYPE_STRING },
};

static const Column card_columns[] = {
  { "id", "id", G_TYPE_INT64 },
  { "number", "number", G_TYPE_STRING },
  { "serial", "serial", G_TYPE_STRING },
  { "application_id", "application-id", G_TYPE_INT64 },
  { "application_number", "application-number", G_TYPE_STRING },
  { "holder_name", "holder-name", G_TYPE_STRING },
  { "printer", "printer", G_TYPE_STRING },
  { "job_id", "job-id", G_TYPE_INT },
  { "job_uuid", "job-uuid", G_TYPE_STRING },
  { "print_key", "print-key", G_TYPE_STRING },
  { "front_sha256", "front-sha256", G_TYPE_STRING },
  { "back_sha256", "back-sha256", G_TYPE_STRING },
  { "file_sha256", "file-sha256", G_TYPE_STRING },
  { "layout", "layout", G_TYPE_STRING },
  { "changed_at", "changed-at", 0 },
  { "reason", "reason", G_TYPE_STRING },
  { "asked_about", "asked-about", G_TYPE_BOOLEAN },
  { "frozen_at", "frozen-at", G_TYPE_STRING },
  { "frozen_why", "frozen-why", G_TYPE_STRING },
};

#define MAX_PROPERTIES 24
G_STATIC_ASSERT (G_N_ELEMENTS (application_columns) + 2 <= MAX_PROPERTIES);
G_STATIC_ASSERT (G_N_ELEMENTS (card_columns) + 2 <= MAX_PROPERTIES);

static void
read_value (PltPgResult  *rows,
            int           row,
            const Column *column,
            int           index,
            GValue       *value)
{
  gboolean is_null = plt_pg_result_is_null (rows, row, index);

  g_value_init (value, column->type != 0 ? column->type : G_TYPE_DATE_TIME);
  if (is_null)
    return;
  if (column->type == 0)
    g_value_take_boxed (value, plt_pg_result_dup_time (rows, row, index));
  else if (column->type == G_TYPE_STRING)
    g_value_set_string (value, plt_pg_result_get_text (rows, row, index));
  else if (column->type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, plt_pg_result_get_bool (rows, row, index));
  else if (column->type == G_TYPE_INT)
    g_value_set_int (value, (int) plt_pg_result_get_int (rows, row, index));
  else
    g_value_set_int64 (value, plt_pg_result_get_int (rows, row, index));
}

/* @words, @values: the enumerations of this row, already translated. */
static GObject *
read_object (PltPgResult  *rows,
             int           row,
             GType         type,
             const Column *columns,
             const int    *indices,
             guint         n_columns,
             const char  **words,
             const int    *values,
             guint         n_words)
{
  const char *names[MAX_PROPERTIES];
  GValue property_values[MAX_PROPERTIES] = { G_VALUE_INIT };
  GObjectClass *klass = g_type_class_ref (type);
  guint n = 0;

  for (guint i = 0; i < n_columns; i++, n++)
    {
      names[n] = columns[i].property;
      read_value (rows, row, &columns[i], indices[i], &property_values[n]);
    }
  for (guint i = 0; i < n_words; i++, n++)
    {
      GParamSpec *pspec = g_object_class_find_property (klass, words[i]);
      names[n] = words[i];
      g_value_init (&property_values[n], pspec->value_type);
      if (G_VALUE_HOLDS_ENUM (&property_values[n]))
        g_value_set_enum (&property_values[n], values[i]);
      else
        g_value_set_int (&property_values[n], values[i]);
    }

  GObject *object = g_object_new_with_properties (type, n, names, property_values);
  for (guint i = 0; i < n; i++)
    g_value_unset (&property_values[i]);
  g_type_class_unref (klass);
  return object;
}

static void
find_columns (PltPgResult  *rows,
              const Column *columns,
              guint         n_columns,
              int          *indices)
{
  for (guint i = 0; i < n_columns; i++)
    indices[i] = plt_pg_result_column (rows, columns[i].column);
}

GPtrArray *
plt_store_read_applications (PltPgResult  *rows,
                             GError      **error)
{
  g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *words[] = { "type", "state" };
  int indices[G_N_ELEMENTS (application_columns)];
  int type_column = plt_pg_result_column (rows, "type");
  int state_column = plt_pg_result_column (rows, "state");

  find_columns (rows, application_columns, G_N_ELEMENTS (application_columns), indices);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      const char *type_nick = plt_pg_result_get_text (rows, row, type_column);
      const char *state_nick = plt_pg_result_get_text (rows, row, state_column);
      PltApplicationType type;
      PltApplicationState state;

      if (!plt_application_type_from_nick (type_nick, &type))
        return plt_store_set_word_error (error, "type", type_nick), NULL;
      if (!plt_application_state_from_nick (state_nick, &state))
        return plt_store_set_word_error (error, "state", state_nick), NULL;

      int values[] = { (int) type, (int) state };
      g_ptr_array_add (applications,
                       read_object (rows, row, PLT_TYPE_LICENCE_APPLICATION, application_columns,
                                    indices, G_N_ELEMENTS (application_columns), words, values, 2));
    }
  return g_steal_pointer (&applications);
}

GPtrArray *
plt_store_read_cards (PltPgResult  *rows,
                      GError      **error)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *words[] = { "state" };
  int indices[G_N_ELEMENTS (card_columns)];
  int state_column = plt_pg_result_column (rows, "state");

  find_columns (rows, card_columns, G_N_ELEMENTS (card_columns), indices);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      const char *nick = plt_pg_result_get_text (rows, row, state_column);
      PltCardState state;

      if (!plt_card_state_from_nick (nick, &state))
        return plt_store_set_word_error (error, "state", nick), NULL;

      int values[] = { (int) state };
      g_ptr_array_add (cards, read_object (rows, row, PLT_TYPE_CARD, card_columns, indices,
                                           G_N_ELEMENTS (card_columns), words, values, 1));
    }
  return g_steal_pointer (&cards);
}

static void
read_answer_fields (PltPgResult     *rows,
                    int              row,
                    PltSourceAnswer *answer)
{
  g_auto (GStrv) fields = plt_pg_result_dup_array (rows, row, plt_pg_result_column (rows, "fields"));
  g_auto (GStrv) values = plt_pg_result_dup_array (rows, row,
                                                   plt_pg_result_column (rows, "field_values"));

  for (guint i = 0; fields != NULL && values != NULL && fields[i] != NULL && values[i] != NULL; i++)
    {
      PltField field;
      /* A field of a later version is no reason not to show the others. */
      if (plt_field_from_nick (fields[i], &field))
        plt_source_answer_set_field (answer, field, values[i]);
    }
}

GPtrArray *
plt_store_read_answers (PltPgResult  *rows,
                        GError      **error)
{
  g_autoptr (GPtrArray) answers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_source_answer_unref);

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      const char *source_nick = plt_store_text (rows, row, "source");
      const char *state_nick = plt_store_text (rows, row, "state");
      g_autoptr (GDateTime) answered_at = plt_store_dup_time (rows, row, "answered_at");
      PltSource source;
      PltSourceState state;

      /* Another desk may have an adapter file that this one has not. */
      if (!plt_source_intern (source_nick, NULL, &source))
        return plt_store_set_word_error (error, "source", source_nick), NULL;
      if (!plt_source_state_from_nick (state_nick, &state))
        return plt_store_set_word_error (error, "state", state_nick), NULL;

      PltSourceAnswer *answer = plt_source_answer_new (source, state, answered_at);
      plt_source_answer_set_message (answer, plt_store_text (rows, row, "message"));
      read_answer_fields (rows, row, answer);
      g_ptr_array_add (answers, answer);
    }
  return g_steal_pointer (&answers);
}

static int
find_field_row (PltPgResult *rows,
                PltField     field)
{
  int column = plt_pg_result_column (rows, "field");

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    if (g_strcmp0 (plt_pg_result_get_text (rows, row, column), plt_field_to_nick (field)) == 0)
      return row;
  return -1;
}

/* What kind of difference each person field has, in enum order. */
static GPtrArray *
compare_answers (GPtrArray *answers)
{
  PltSourceAnswer *by_source[PLT_N_SOURCES] = { NULL };

  for (guint i = 0; i < answers->len; i++)
    by_source[plt_source_answer_get_source (g_ptr_array_index (answers, i))] =
      g_ptr_array_index (answers, i);

  return plt_reconcile (by_source);
}

static void
set_difference (PltReconciledField *field,
                GPtrArray          *compared)
{
  for (guint i = 0; i < compared->len; i++)
    {
      PltReconciledField *with = g_ptr_array_index (compared, i);

      if (plt_reconciled_field_get_field (with) == plt_reconciled_field_get_field (field))
        plt_reconciled_field_set_difference (field, plt_reconciled_field_get_difference (with),
                                             plt_reconciled_field_get_outcome (with));
    }
}

GPtrArray *
plt_store_read_fields (PltPgResult  *rows,
                       GPtrArray    *answers,
                       GError      **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) compared = compare_answers (answers);

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    {
      const char *values[PLT_N_SOURCES] = { NULL };
      PltChoice choice = PLT_CHOICE_NONE;
      int row = find_field_row (rows, field);

      if (row < 0 && !plt_field_is_person (field))
        continue;
      for (guint i = 0; i < answers->len; i++)
        {
          PltSourceAnswer *answer = g_ptr_array_index (answers, i);
          if (plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_ANSWERED)
            values[plt_source_answer_get_source (answer)] = plt_source_answer_get_field (answer, field);
        }
      if (row >= 0 && !plt_choice_from_nick (plt_store_text (rows, row, "choice"), &choice))
        return plt_store_set_word_error (error, "choice", plt_store_text (rows, row, "choice")), NULL;
      g_ptr_array_add (fields,
                       plt_reconciled_field_new (field, values,
                                                 row < 0 ? NULL : plt_store_text (rows, row, "value"),
                                                 choice,
                                                 row < 0 ? NULL : plt_store_text (rows, row, "rule"),
                                                 row < 0 ? NULL : plt_store_text (rows, row, "reason")));
      set_difference (g_ptr_array_index (fields, fields->len - 1), compared);
    }
  return g_steal_pointer (&fields);
}

GPtrArray *
plt_store_read_findings (PltPgResult  *rows,
                         GError      **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      const char *nick = plt_store_text (rows, row, "severity");
      PltSeverity severity;

      if (!plt_severity_from_nick (nick, &severity))
        return plt_store_set_word_error (error, "severity", nick), NULL;
      g_ptr_array_add (findings, plt_finding_new (plt_store_text (rows, row, "rule"), severity,
                                                  plt_store_text (rows, row, "text"),
                                                  plt_store_text (rows, row, "cure"),
                                                  plt_store_text (rows, row, "legal_reference"),
                                                  plt_store_text (rows, row, "field")));
    }
  return g_steal_pointer (&findings);
}

GPtrArray *
plt_store_read_events (PltPgResult  *rows,
                       GError      **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      g_autoptr (GDateTime) at = plt_store_dup_time (rows, row, "at");
      g_ptr_array_add (events, plt_event_new (at,
                                              plt_store_text (rows, row, "who"),
                                              plt_store_text (rows, row, "workstation"),
                                              plt_store_text (rows, row, "subject"),
                                              plt_store_text (rows, row, "what"),
                                              plt_store_text (rows, row, "text"),
                                              plt_store_text (rows, row, "why")));
    }
  return g_steal_pointer (&events);
}
