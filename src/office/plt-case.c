/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds one application with everything that belongs to it, and keeps it fresh. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

#include "plt-field-list.h"

/* News come in bursts: a step of a card touches the application, too. */
#define COALESCE_MS 40

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltCase, plt_case, G_TYPE_OBJECT)

static void
replace_all (GListStore *list,
             GPtrArray  *items)
{
  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata,
                       items->len);
}

/* Nothing but new events ever comes to a history. */
static void
update_events (GListStore *list,
               GPtrArray  *events)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (events->len > n_shown)
    g_list_store_splice (list, 0, 0, events->pdata, events->len - n_shown);
}

static void
update_cards (GListStore *list,
              GPtrArray  *cards)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < n_shown && n_shown <= cards->len; i++)
    {
      /* Newest first: those that are shown are the last of those that were read. */
      g_autoptr (PltCard) shown = g_list_model_get_item (G_LIST_MODEL (list), i);
      plt_card_update (shown, g_ptr_array_index (cards, cards->len - n_shown + i));
    }
  if (cards->len > n_shown)
    g_list_store_splice (list, 0, 0, cards->pdata, cards->len - n_shown);
}

static void
update_answers (PltCase   *self,
                GPtrArray *answers)
{
  for (guint i = 0; i < answers->len; i++)
    {
      PltSourceAnswer *answer = g_ptr_array_index (answers, i);
      PltSource source = plt_source_answer_get_source (answer);

      if (self->live[source] != NULL)
        plt_source_answer_set_portrait (answer, plt_source_answer_get_portrait (self->live[source]));
      g_clear_pointer (&self->answers[source], plt_source_answer_unref);
      self->answers[source] = plt_source_answer_ref (answer);
    }
}

static void
take_bytes (GBytes **place,
            GBytes  *bytes)
{
  g_clear_pointer (place, g_bytes_unref);
  *place = bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

void
plt_case_apply (PltCase      *self,
                PltStoreCase *read)
{
  if (self->application == NULL)
    self->application = g_object_ref (read->application);
  else
    plt_licence_application_update (self->application, read->application);
  update_answers (self, read->answers);
  plt_field_list_update (self->fields, read->fields);
  replace_all (self->findings, read->findings);
  update_events (self->events, read->events);
  update_cards (self->cards, read->cards);
  self->waits = read->waits;
  self->waits_as_draft = read->waits_as_draft;
  g_clear_pointer (&self->prepared, plt_prepared_record_unref);
  self->prepared = read->prepared != NULL ? plt_prepared_record_ref (read->prepared) : NULL;
  g_clear_pointer (&self->waits_since, g_date_time_unref);
  self->waits_since = read->waits_since != NULL ? g_date_time_ref (read->waits_since) : NULL;
  g_clear_pointer (&self->form, g_ptr_array_unref);
  self->form = g_ptr_array_ref (read->form);
  take_bytes (&self->portrait, read->portrait);
  take_bytes (&self->signature, read->signature);

  PltCaseChange lost = self->lost;
  self->lost = PLT_CASE_CHANGE_NONE;
  g_signal_emit (self, signals[CHANGED], 0);
  if (lost != PLT_CASE_CHANGE_NONE)
    plt_case_tell_fate (self, lost);
}

void
plt_case_set_live (PltCase         *self,
                   PltSource        source,
                   PltSourceAnswer *answer)
{
  if (answer == NULL || plt_source_answer_get_state (answer) != PLT_SOURCE_STATE_ANSWERED)
    return;
  g_clear_pointer (&self->live[source], plt_source_answer_unref);
  self->live[source] = plt_source_answer_ref (answer);
}

void
plt_case_begin_write (PltCase *self)
{
  if (self->n_writes++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
plt_case_end_write (PltCase *self)
{
  g_assert (self->n_writes > 0);
  if (--self->n_writes == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PltCase) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;
  if (read != NULL)
    plt_case_apply (self, read);
  else
    {
      /* What stands here stays; the session tells the trouble, and it is read again after it. */
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      g_info ("A case was not read again: %s", plt_office_error_get_detail (error));
    }
}

static gboolean
reload_soon_cb (gpointer user_data)
{
  PltCase *self = user_data;

  self->reload_id = 0;
  plt_store_read_case_async (plt_office_get_store (self->office),
                             plt_licence_application_get_number (self->application), 0,
                             self->cancellable, refreshed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
plt_case_reload_soon (PltCase *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add (COALESCE_MS, reload_soon_cb, self);
}

static gboolean
has_card (PltCase *self,
          gint64   id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->cards));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (G_LIST_MODEL (self->cards), i);
      if (plt_card_get_id (card) == id)
        return TRUE;
    }
  return FALSE;
}

static void
office_changed_cb (PltCase    *self,
                   const char *subject,
                   gint64      id)
{
  if (g_str_equal (subject, "everything")
      || (g_str_equal (subject, "application") && id == plt_licence_application_get_id (self->application))
      || (g_str_equal (subject, "card") && has_card (self, id)))
    plt_case_reload_soon (self);
  else if (id == plt_licence_application_get_id (self->application) && g_str_equal (subject, "form"))
    plt_case_form_changed (self);
  if (id == plt_licence_application_get_id (self->application) && g_str_equal (subject, "hold"))
    plt_case_hold_changed (self);
}

static void
plt_case_get_property (GObject    *object,
                       guint       property_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  if (property_id == PROP_BUSY)
    g_value_set_boolean (value, PLT_CASE (object)->n_writes > 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
plt_case_dispose (GObject *object)
{
  PltCase *self = PLT_CASE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  plt_case_hold_clear (self);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_case_parent_class)->dispose (object);
}

static void
plt_case_finalize (GObject *object)
{
  PltCase *self = PLT_CASE (object);

  g_clear_object (&self->application);
  for (int i = 0; i < PLT_N_SOURCES; i++)
    {
      g_clear_pointer (&self->answers[i], plt_source_answer_unref);
      g_clear_pointer (&self->live[i], plt_source_answer_unref);
    }
  g_object_unref (self->fields);
  g_object_unref (self->findings);
  g_object_unref (self->events);
  g_object_unref (self->cards);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->prepared, plt_prepared_record_unref);
  g_clear_pointer (&self->waits_since, g_date_time_unref);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  G_OBJECT_CLASS (plt_case_parent_class)->finalize (object);
}

static void
plt_case_class_init (PltCaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = plt_case_get_property;
  object_class->dispose = plt_case_dispose;
  object_class->finalize = plt_case_finalize;
  properties[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  g_signal_new ("form-changed", PLT_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("hold-changed", PLT_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("fate-known", PLT_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
plt_case_init (PltCase *self)
{
  self->fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  self->findings = g_list_store_new (PLT_TYPE_FINDING);
  self->events = g_list_store_new (PLT_TYPE_EVENT);
  self->cards = g_list_store_new (PLT_TYPE_CARD);
  self->cancellable = g_cancellable_new ();
}

PltCase *
plt_case_new (PltOffice    *office,
              PltStoreCase *read)
{
  PltCase *self = g_object_new (PLT_TYPE_CASE, NULL);

  self->office = g_object_ref (office);
  plt_case_apply (self, read);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

PltLicenceApplication *
plt_case_get_application (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return self->application;
}

/* Returns: (nullable): what was recorded last; NULL if that source was never asked */
PltSourceAnswer *
plt_case_get_answer (PltCase   *self,
                     PltSource  source)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return self->answers[source];
}

GListModel *
plt_case_get_fields (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return G_LIST_MODEL (self->fields);
}

GListModel *
plt_case_get_findings (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return G_LIST_MODEL (self->findings);
}

GListModel *
plt_case_get_events (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return G_LIST_MODEL (self->events);
}

GListModel *
plt_case_get_cards (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return G_LIST_MODEL (self->cards);
}

GBytes *
plt_case_get_image (PltCase      *self,
                    PltCaseImage  image)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return image == PLT_CASE_IMAGE_PORTRAIT ? self->portrait : self->signature;
}

/* Whether a card of this application is anywhere between the printer and the citizen. Those not yet
 * sent are taken up again by printing once more. */
static gboolean
has_card_under_way (PltCase *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->cards));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (G_LIST_MODEL (self->cards), i);
      switch (plt_card_get_state (card))
        {
        case PLT_CARD_STATE_SENT:
        case PLT_CARD_STATE_ON_DEVICE:
        case PLT_CARD_STATE_OUT:
        case PLT_CARD_STATE_CHECKED:
        case PLT_CARD_STATE_DOUBTFUL:
          return TRUE;
        default:
          break;
        }
    }
  return FALSE;
}

static gboolean
is_entered_here (PltCase *self)
{
  PltSession *session = plt_office_get_session (self->office);
  g_autofree char *login = NULL;

  g_object_get (self->application, "entered-by-login", &login, NULL);
  return g_strcmp0 (login, plt_session_get_staff_login (session)) == 0;
}

/* What the rules need to know and no registry has said yet. */
static gboolean
lacks_answer (PltCase *self)
{
  for (PltSource source = 0; source < PLT_N_KNOWN_SOURCES; source++)
    {
      PltSourceAnswer *answer = self->answers[source];
      PltSourceState state = answer != NULL ? plt_source_answer_get_state (answer)
                                            : PLT_SOURCE_STATE_CANCELLED;

      if (state != PLT_SOURCE_STATE_ANSWERED && state != PLT_SOURCE_STATE_NOT_FOUND)
        return TRUE;
    }
  return FALSE;
}

PltCaseCan
plt_case_get_can (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), 0);
  if (self->lost != PLT_CASE_CHANGE_NONE)
    return 0;

  PltSession *session = plt_office_get_session (self->office);
  gboolean clerk = plt_session_has_role (session, PLT_ROLE_CLERK);
  gboolean supervisor = plt_session_has_role (session, PLT_ROLE_SUPERVISOR);
  PltCaseCan can = 0;

  switch (plt_licence_application_get_state (self->application))
    {
    case PLT_APPLICATION_STATE_DRAFT:
    case PLT_APPLICATION_STATE_RETURNED:
      if (clerk && self->editing != PLT_CASE_EDITOR_OTHER)
        can |= PLT_CASE_CAN_EDIT | PLT_CASE_CAN_SUBMIT;
      if (supervisor && !is_entered_here (self))
        can |= PLT_CASE_CAN_DECIDE;
      if (clerk && lacks_answer (self))
        can |= PLT_CASE_CAN_WAIT;
      if (clerk || supervisor)
        can |= PLT_CASE_CAN_WITHDRAW;
      break;
    case PLT_APPLICATION_STATE_SUBMITTED:
      if (supervisor && !is_entered_here (self))
        can |= PLT_CASE_CAN_APPROVE;
      if (self->identity_silent)
        can |= PLT_CASE_CAN_WAIT;
      G_GNUC_FALLTHROUGH;
    case PLT_APPLICATION_STATE_WAITING:
      if (plt_licence_application_get_state (self->application) == PLT_APPLICATION_STATE_WAITING
          && (supervisor || (clerk && self->waits_as_draft)))
        can |= PLT_CASE_CAN_CONTINUE;
      if (supervisor)
        can |= PLT_CASE_CAN_RETURN | PLT_CASE_CAN_REJECT;
      if (clerk || supervisor)
        can |= PLT_CASE_CAN_WITHDRAW;
      break;
    case PLT_APPLICATION_STATE_APPROVED:
      if (clerk || supervisor)
        can |= PLT_CASE_CAN_WITHDRAW;
      G_GNUC_FALLTHROUGH;
    case PLT_APPLICATION_STATE_IN_PRODUCTION:
      if (plt_session_has_role (session, PLT_ROLE_OPERATOR) && !has_card_under_way (self))
        can |= PLT_CASE_CAN_PRINT;
      break;
    default:
      break;
    }
  return can;
}

static gboolean
has_open_field (PltCase *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fields));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltReconciledField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
      if (plt_reconciled_field_get_choice (field) == PLT_CHOICE_OPEN)
        return TRUE;
    }
  return FALSE;
}

/* The first hard finding says it best. */
static char *
dup_first_stop (PltCase *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->findings));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->findings), i);
      if (plt_finding_get_severity (finding) == PLT_SEVERITY_HARD)
        return g_strjoin (" ", plt_finding_get_text (finding), plt_finding_get_cure (finding), NULL);
    }
  return NULL;
}

static char *
dup_submit_obstacle (PltCase *self)
{
  if (!(plt_case_get_can (self) & PLT_CASE_CAN_SUBMIT))
    return g_strdup (_("A clerk of this office completes and submits it."));
  if (has_open_field (self))
    return g_strdup (_("The sources disagree on a field. Choose the right value and say why."));
  if (self->portrait == NULL)
    return g_strdup (_("The photo is missing. Take or load one."));
  /* A missing signature is a finding: there are holders who cannot sign. */
  return dup_first_stop (self);
}

static char *
dup_approve_obstacle (PltCase *self)
{
  PltSession *session = plt_office_get_session (self->office);

  if (!plt_session_has_role (session, PLT_ROLE_SUPERVISOR))
    return g_strdup (_("A supervisor looks at it next."));
  if (is_entered_here (self))
    return g_strdup (_("You entered it, so another supervisor must decide."));
  return dup_first_stop (self);
}

static char *
dup_print_obstacle (PltCase *self)
{
  PltSession *session = plt_office_get_session (self->office);

  if (has_card_under_way (self))
    return g_strdup (_("Its card is in production. Read the card back when it is out."));
  if (!plt_session_has_role (session, PLT_ROLE_OPERATOR))
    return g_strdup (_("A print operator prints the card next."));
  return NULL;
}

char *
plt_case_dup_obstacle (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);

  if (self->lost != PLT_CASE_CHANGE_NONE)
    return plt_case_dup_fate_text (self);
  switch (plt_licence_application_get_state (self->application))
    {
    case PLT_APPLICATION_STATE_DRAFT:
    case PLT_APPLICATION_STATE_RETURNED:
      return dup_submit_obstacle (self);
    case PLT_APPLICATION_STATE_WAITING:
      if (self->waits != 0)
        return plt_case_dup_waits_text (self);
      G_GNUC_FALLTHROUGH;
    case PLT_APPLICATION_STATE_SUBMITTED:
      return dup_approve_obstacle (self);
    case PLT_APPLICATION_STATE_APPROVED:
    case PLT_APPLICATION_STATE_IN_PRODUCTION:
      return dup_print_obstacle (self);
    default:
      return NULL;
    }
}

const PltPreparedRecord *
plt_case_get_prepared (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return self->prepared;
}
