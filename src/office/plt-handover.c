/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a hand-over needs, and hands a card over, at the counter or by post. */
#include "plt-handover.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-card-life.h"
#include "plt-office-ask.h"
#include "plt-production-private.h"

#define MOST_KEPT 4 /* of a document's number */

static const struct
{
  const char *nick;
  const char *title;
} documents[PLT_N_IDENTITY_DOCUMENTS] = {
  { "national_id", N_("National identity card") },
  { "passport", N_("Passport") },
  { "residence_permit", N_("Residence permit") },
  { "old_licence", N_("The licence until now") },
  { "known_person", N_("None: the person is known to me") },
};

void
plt_handover_free (PltHandover *self)
{
  g_free (self->card);
  g_free (self->holder_name);
  g_free (self->birth_date);
  g_free (self->birth_place);
  g_free (self->sex);
  g_free (self->nationality);
  g_free (self->id_number);
  g_free (self->licence_number);
  g_free (self->categories);
  g_free (self->shelf);
  g_free (self->custodian);
  g_free (self->offered_to);
  g_free (self->letter);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

/* ---- what it needs ---- */

static char *
dup_text (JsonObject *object,
          const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

static GBytes *
new_bytes (const char *base64)
{
  gsize size = 0;
  guchar *data = base64 != NULL ? g_base64_decode (base64, &size) : NULL;

  return data != NULL ? g_bytes_new_take (data, size) : NULL;
}

PltHandover *
plt_handover_read_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_autofree char *json = plt_office_ask_finish (result, error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonObject *object;
  PltHandover *self;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  self = g_new0 (PltHandover, 1);
  self->card = dup_text (object, "card");
  self->holder_name = dup_text (object, "holder_name");
  self->birth_date = dup_text (object, "birth_date");
  self->birth_place = dup_text (object, "birth_place");
  self->sex = dup_text (object, "sex");
  self->nationality = dup_text (object, "nationality");
  self->id_number = dup_text (object, "id_number");
  self->licence_number = dup_text (object, "licence_number");
  self->categories = dup_text (object, "categories");
  self->shelf = dup_text (object, "shelf");
  self->custodian = dup_text (object, "custodian");
  self->offered_to = dup_text (object, "offered_to");
  self->letter = dup_text (object, "letter");
  self->portrait = new_bytes (json_object_get_string_member_with_default (object, "portrait", NULL));
  self->signature = new_bytes (json_object_get_string_member_with_default (object, "signature", NULL));
  self->needs_identity = get_flag (object, "identity");
  self->needs_receipt = get_flag (object, "receipt");
  self->needs_custody = get_flag (object, "custody");
  self->may_be_posted = get_flag (object, "post");
  return self;
}

void
plt_handover_read_async (PltOffice           *office,
                         const char          *card_number,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  static const PltOfficeAsk ask = { "card-holder", 1 };

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL);

  plt_office_ask_async (office, &ask, (const char * const[]) { card_number }, cancellable, callback,
                        user_data);
}

char *
plt_handover_dup_place (const PltHandover *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->custodian != NULL)
    /* Translators: %s is a colleague’s name */
    g_string_append_printf (text, _("%s has it"), self->custodian);
  else if (self->shelf != NULL)
    g_string_append (text, self->shelf);
  else
    g_string_append (text, _("Not on a shelf yet"));
  if (self->offered_to != NULL)
    /* Translators: behind where a card is; %s is a colleague’s name */
    g_string_append_printf (text, _("; given to %s, who has not taken it yet"), self->offered_to);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- the document ---- */

const char *
plt_identity_document_get_nick (guint document)
{
  return document < PLT_N_IDENTITY_DOCUMENTS ? documents[document].nick : NULL;
}

const char *
plt_identity_document_get_title (guint document)
{
  return document < PLT_N_IDENTITY_DOCUMENTS ? _(documents[document].title) : NULL;
}

gboolean
plt_identity_document_is_numbered (guint document)
{
  return document + 1 < PLT_N_IDENTITY_DOCUMENTS;
}

char *
plt_identity_document_dup_end (const char *number)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *c = number; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (kept, g_ascii_toupper (*c));
  if (kept->len > MOST_KEPT)
    g_string_erase (kept, 0, (gssize) (kept->len - MOST_KEPT));
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* ---- the hand-over ---- */

/* The number of the card is the task's data. */
static void
given_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *number = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  plt_production_end_with_card (g_steal_pointer (&task), number);
}

static void
act (PltOffice           *office,
     PltCardLifeAct       what,
     const char          *card_number,
     const char * const  *words,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (office, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (card_number), g_free);
  plt_card_life_act_async (office, what, words, cancellable, given_cb, task);
}

void
plt_handover_give_async (PltOffice           *office,
                         const char          *card_number,
                         const char          *scan,
                         const char          *document,
                         const char          *number_end,
                         GBytes              *receipt,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *picture = NULL;

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL);

  if (receipt != NULL)
    picture = g_base64_encode (g_bytes_get_data (receipt, NULL), g_bytes_get_size (receipt));
  act (office, PLT_CARD_LIFE_HAND_OVER, card_number,
       (const char * const[]) { card_number, scan, document, number_end, picture }, cancellable, callback,
       user_data);
}

void
plt_handover_post_async (PltOffice           *office,
                         const char          *card_number,
                         const char          *scan,
                         const char          *letter,
                         const char          *reference,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL);

  act (office, PLT_CARD_LIFE_POST, card_number, (const char * const[]) { letter, scan, reference }, cancellable,
       callback, user_data);
}

PltCard *
plt_handover_give_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
