/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry's answer about a citizen. */
#include "plt-source-answer.h"

struct _PltSourceAnswer
{
  PltSource       source;
  PltSourceState  state;
  GDateTime      *answered_at;
  int             elapsed_ms;
  char           *fields[PLT_N_FIELDS];
  char           *message;
  GBytes         *portrait;
  PltPreparedApplication *prepared;
  PltSourceAnswer *last_known;
};

static void
clear_answer (gpointer data)
{
  PltSourceAnswer *self = data;

  for (int i = 0; i < PLT_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->message);
  g_clear_pointer (&self->answered_at, g_date_time_unref);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->prepared, plt_prepared_application_unref);
  g_clear_pointer (&self->last_known, plt_source_answer_unref);
}

/* By hand: G_DEFINE_BOXED_TYPE converts to a union, which ISO C under -Wpedantic lacks. */
GType
plt_source_answer_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static (
                                g_intern_static_string ("PltSourceAnswer"),
                                (GBoxedCopyFunc) plt_source_answer_ref,
                                (GBoxedFreeFunc) plt_source_answer_unref));

  return type;
}

/**
 * plt_source_answer_new:
 * @source: the registry
 * @state: how its answer ended
 * @answered_at: (nullable): when; %NULL while asking
 *
 * Returns: (transfer full): an answer without fields, to be filled before it is handed on
 */
PltSourceAnswer *
plt_source_answer_new (PltSource       source,
                       PltSourceState  state,
                       GDateTime      *answered_at)
{
  PltSourceAnswer *self = g_atomic_rc_box_new0 (PltSourceAnswer);

  self->source = source;
  self->state = state;
  if (answered_at != NULL)
    self->answered_at = g_date_time_ref (answered_at);

  return self;
}

PltSourceAnswer *
plt_source_answer_ref (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
plt_source_answer_unref (PltSourceAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_answer);
}

/**
 * plt_source_answer_set_field:
 * @self: an answer not yet handed on
 * @field: the field
 * @value: (nullable): its canonical form (plt-source.h); %NULL and "" are no value
 */
void
plt_source_answer_set_field (PltSourceAnswer *self,
                             PltField         field,
                             const char      *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((int) field >= 0 && field < PLT_N_FIELDS);

  g_free (self->fields[field]);
  self->fields[field] = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/* @message: (nullable): a sentence on what went wrong and what to do. */
void
plt_source_answer_set_message (PltSourceAnswer *self,
                               const char      *message)
{
  g_return_if_fail (self != NULL);

  g_free (self->message);
  self->message = g_strdup (message);
}

/* @portrait: (nullable): the image file as the registry keeps it, not yet checked. */
void
plt_source_answer_set_portrait (PltSourceAnswer *self,
                                GBytes          *portrait)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->portrait, g_bytes_unref);
  if (portrait != NULL)
    self->portrait = g_bytes_ref (portrait);
}

/* @prepared: what the pre-enrolment service gave out; its applicant's fields are the answer's. */
void
plt_source_answer_set_prepared (PltSourceAnswer        *self,
                                PltPreparedApplication *prepared)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->prepared, plt_prepared_application_unref);
  self->prepared = plt_prepared_application_ref (prepared);
}

/* (transfer none) (nullable) */
PltPreparedApplication *
plt_source_answer_get_prepared (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->prepared;
}

void
plt_source_answer_set_elapsed_ms (PltSourceAnswer *self,
                                  int              elapsed_ms)
{
  g_return_if_fail (self != NULL);

  self->elapsed_ms = elapsed_ms;
}

PltSource
plt_source_answer_get_source (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, PLT_SOURCE_IDENTITY);

  return self->source;
}

PltSourceState
plt_source_answer_get_state (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, PLT_SOURCE_STATE_NONSENSE);

  return self->state;
}

/* (nullable): %NULL while asking. */
GDateTime *
plt_source_answer_get_answered_at (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->answered_at;
}

int
plt_source_answer_get_elapsed_ms (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->elapsed_ms;
}

/* (nullable): %NULL if the registry gave no value; never "". */
const char *
plt_source_answer_get_field (PltSourceAnswer *self,
                             PltField         field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((int) field >= 0 && field < PLT_N_FIELDS, NULL);

  return self->fields[field];
}

const char *
plt_source_answer_get_message (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->message;
}

GBytes *
plt_source_answer_get_portrait (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->portrait;
}

/**
 * plt_source_answer_new_with_last:
 * @failure: how the registry failed; not changed
 * @last_known: what it said when it last could
 *
 * Returns: (transfer full): as @failure, with @last_known
 */
PltSourceAnswer *
plt_source_answer_new_with_last (PltSourceAnswer *failure,
                                 PltSourceAnswer *last_known)
{
  g_return_val_if_fail (failure != NULL && last_known != NULL, NULL);

  PltSourceAnswer *self =
    plt_source_answer_new (failure->source, failure->state, failure->answered_at);

  self->message = g_strdup (failure->message);
  self->elapsed_ms = failure->elapsed_ms;
  self->last_known = plt_source_answer_ref (last_known);

  return self;
}

/* (transfer none) (nullable) */
PltSourceAnswer *
plt_source_answer_get_last_known (PltSourceAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->last_known;
}
