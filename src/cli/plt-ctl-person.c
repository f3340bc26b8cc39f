/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes sources, fields, applications, findings, events and cards as JSON members. */
#include "plt-ctl-person.h"
#include "plt-prepared-code.h"

void
plt_ctl_add_list (JsonBuilder   *builder,
                  const char    *name,
                  GListModel    *items,
                  PltCtlAddItem  add_item)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      add_item (builder, item);
    }
  json_builder_end_array (builder);
}

static void
add_answer_fields (JsonBuilder     *builder,
                   PltSourceAnswer *answer)
{
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (int i = 0; i < PLT_N_FIELDS; i++)
    {
      const char *value = plt_source_answer_get_field (answer, (PltField) i);

      if (value != NULL)
        plt_ctl_add_string (builder, plt_field_to_nick ((PltField) i), value);
    }
  json_builder_end_object (builder);
}

/* What a registry that is down said before. */
static void
add_last_known (JsonBuilder     *builder,
                PltSourceAnswer *answer)
{
  PltSourceAnswer *last = plt_source_answer_get_last_known (answer);

  if (last == NULL)
    return;
  json_builder_set_member_name (builder, "last_known");
  plt_ctl_add_answer (builder, last);
}

void
plt_ctl_add_answer (JsonBuilder     *builder,
                    PltSourceAnswer *answer)
{
  GDateTime *at = plt_source_answer_get_answered_at (answer);
  g_autofree char *at_text = at != NULL ? g_date_time_format_iso8601 (at) : NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "source",
                      plt_source_to_nick (plt_source_answer_get_source (answer)));
  plt_ctl_add_string (builder, "state",
                      plt_source_state_to_nick (plt_source_answer_get_state (answer)));
  plt_ctl_add_string (builder, "answered_at", at_text);
  json_builder_set_member_name (builder, "elapsed_ms");
  json_builder_add_int_value (builder, plt_source_answer_get_elapsed_ms (answer));
  plt_ctl_add_string (builder, "message", plt_source_answer_get_message (answer));
  add_answer_fields (builder, answer);
  add_last_known (builder, answer);
  json_builder_end_object (builder);
}

/* Whether what is being printed has what an applicant stated. */
static gboolean was_prepared = FALSE;

void
plt_ctl_add_field (JsonBuilder *builder,
                   gpointer     item)
{
  PltReconciledField *field = item;
  g_autofree char *why = plt_reconciled_field_dup_why (field);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "field",
                      plt_field_to_nick (plt_reconciled_field_get_field (field)));
  for (int i = 0; i < (int) plt_source_get_count (); i++)
    if (was_prepared || !plt_source_is_applicant ((PltSource) i))
      plt_ctl_add_string (builder, plt_source_to_nick ((PltSource) i),
                          plt_reconciled_field_get_source_value (field, (PltSource) i));
  plt_ctl_add_string (builder, "value", plt_reconciled_field_get_value (field));
  plt_ctl_add_string (builder, "choice",
                      plt_choice_to_nick (plt_reconciled_field_get_choice (field)));
  plt_ctl_add_string (builder, "rule", plt_reconciled_field_get_rule (field));
  plt_ctl_add_string (builder, "reason", plt_reconciled_field_get_reason (field));
  plt_ctl_add_string (builder, "difference",
                      plt_difference_to_nick (plt_reconciled_field_get_difference (field)));
  plt_ctl_add_string (builder, "outcome",
                      plt_outcome_to_nick (plt_reconciled_field_get_outcome (field)));
  plt_ctl_add_string (builder, "why", why);
  json_builder_end_object (builder);
}

static void
add_application_members (JsonBuilder           *builder,
                         PltLicenceApplication *application)
{
  PltApplicationType type = plt_licence_application_get_type_ (application);
  PltApplicationState state = plt_licence_application_get_state (application);

  plt_ctl_add_string (builder, "number", plt_licence_application_get_number (application));
  plt_ctl_add_string (builder, "type", plt_application_type_to_nick (type));
  plt_ctl_add_string (builder, "state", plt_application_state_to_nick (state));
  plt_ctl_add_members (builder, application, "id-number", "holder-name", "categories",
                       "licence-number", "issue-date", "expiry-date", "entered-by", "approved-by",
                       "created-at", "changed-at", "row-version", "stops", "reason", NULL);
}

void
plt_ctl_add_application (JsonBuilder *builder,
                         gpointer     item)
{
  json_builder_begin_object (builder);
  add_application_members (builder, item);
  json_builder_end_object (builder);
}

void
plt_ctl_add_finding (JsonBuilder *builder,
                     gpointer     item)
{
  PltFinding *finding = item;

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "rule", plt_finding_get_rule (finding));
  plt_ctl_add_string (builder, "severity",
                      plt_severity_to_nick (plt_finding_get_severity (finding)));
  plt_ctl_add_string (builder, "text", plt_finding_get_text (finding));
  plt_ctl_add_string (builder, "cure", plt_finding_get_cure (finding));
  plt_ctl_add_string (builder, "legal_reference", plt_finding_get_legal_reference (finding));
  json_builder_end_object (builder);
}

void
plt_ctl_add_event (JsonBuilder *builder,
                   gpointer     item)
{
  plt_ctl_add_object (builder, item, "at", "who", "workstation", "subject", "what", "text", "why",
                      NULL);
}

static void
add_card_members (JsonBuilder *builder,
                  PltCard     *card)
{
  plt_ctl_add_string (builder, "number", plt_card_get_number (card));
  plt_ctl_add_string (builder, "serial", plt_card_get_serial (card));
  plt_ctl_add_string (builder, "state", plt_card_state_to_nick (plt_card_get_state (card)));
  plt_ctl_add_members (builder, card, "application-number", "holder-name", "printer", "job-id",
                       "front-sha256", "back-sha256", "file-sha256", "layout", "changed-at",
                       "reason", "asked-about", "question", "frozen-at", "frozen-why", NULL);
}

void
plt_ctl_add_card (JsonBuilder *builder,
                  gpointer     item)
{
  json_builder_begin_object (builder);
  add_card_members (builder, item);
  json_builder_end_object (builder);
}

PltCase *
plt_ctl_open_case (PltCtl      *ctl,
                   const char  *number,
                   GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_case_open_async (ctl->office, number, NULL, plt_ctl_ready_cb, &result);
  return plt_case_open_finish (plt_ctl_await (&result), error);
}

/* What was prepared at home, and what the applicant is told. */
static void
add_prepared (JsonBuilder             *builder,
              const PltPreparedRecord *prepared)
{
  g_autofree char *code = NULL;
  g_autofree char *at = NULL;

  if (prepared == NULL)
    return;
  code = plt_prepared_code_to_display (prepared->code);
  if (prepared->prepared_at != NULL)
    at = g_date_time_format_iso8601 (prepared->prepared_at);
  json_builder_set_member_name (builder, "prepared");
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "code", code);
  plt_ctl_add_string (builder, "prepared_at", at);
  plt_ctl_add_string (builder, "language", prepared->language);
  plt_ctl_add_string (builder, "email", prepared->email);
  plt_ctl_add_string (builder, "phone", prepared->phone);
  plt_ctl_add_string (builder, "reported", plt_prepared_status_to_nick (prepared->reported));
  json_builder_set_member_name (builder, "unsent");
  json_builder_add_int_value (builder, prepared->n_unsent);
  json_builder_set_member_name (builder, "set_aside");
  json_builder_add_int_value (builder, prepared->n_set_aside);
  json_builder_end_object (builder);
}

/* To the object that is open in @builder. */
void
plt_ctl_add_case (JsonBuilder *builder,
                  PltCase     *open_case)
{
  was_prepared = plt_case_get_prepared (open_case) != NULL;
  add_application_members (builder, plt_case_get_application (open_case));
  add_prepared (builder, plt_case_get_prepared (open_case));
  plt_ctl_add_list (builder, "fields", plt_case_get_fields (open_case), plt_ctl_add_field);
  plt_ctl_add_list (builder, "findings", plt_case_get_findings (open_case), plt_ctl_add_finding);
  plt_ctl_add_list (builder, "cards", plt_case_get_cards (open_case), plt_ctl_add_card);
  plt_ctl_add_list (builder, "events", plt_case_get_events (open_case), plt_ctl_add_event);
}

void
plt_ctl_print_case (PltCtl  *ctl,
                    PltCase *open_case)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_case (builder, open_case);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

void
plt_ctl_print_card (PltCtl  *ctl,
                    PltCard *card)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  add_card_members (builder, card);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}
