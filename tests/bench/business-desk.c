/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "business-desk.h"

#include <stdio.h>
#include <string.h>

#include "plt-store-applications.h"
#include "plt-store-case.h"
#include "plt-store-decisions.h"
#include "plt-store-sessions.h"

#define PORTRAIT_BYTES 12000
#define SIGNATURE_BYTES 4000

typedef struct
{
  gint64 id;
  int    row_version;
  int    desk;
} Entered;

typedef struct
{
  const BusinessPlan *plan;
  GQueue             *inboxes; /* one of each office */
  gint64              deadline;
  int                 n_open; /* desks that still work */
} Office;

typedef struct
{
  Office             *office;
  PltStore           *store;
  int                 number;
  int                 n_used; /* citizens */
  char               *text_id;
  gint64              began;
  Entered             mine;
  Entered            *theirs; /* being approved */
} Desk;

static void enter (Desk *desk);

static void
must (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* As in business-office.sql. */
static GBytes *
make_picture (gboolean is_portrait)
{
  gsize size = is_portrait ? PORTRAIT_BYTES : SIGNATURE_BYTES;
  guint8 *data = g_malloc (size);
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i % 251);
  memcpy (data, is_portrait ? jpeg : png, is_portrait ? sizeof jpeg : sizeof png);
  return g_bytes_new_take (data, size);
}

static PltSourceAnswer *
make_answer (PltSource source)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltSourceAnswer *answer = plt_source_answer_new (source, PLT_SOURCE_STATE_ANSWERED, now);

  if (source == PLT_SOURCE_INFRINGEMENT)
    {
      plt_source_answer_set_field (answer, PLT_FIELD_POINTS, "0");
      plt_source_answer_set_field (answer, PLT_FIELD_UNPAID, "0");
      return answer;
    }
  plt_source_answer_set_field (answer, PLT_FIELD_FAMILY_NAME, "Berg");
  plt_source_answer_set_field (answer, PLT_FIELD_GIVEN_NAMES, "Ida");
  plt_source_answer_set_field (answer, PLT_FIELD_BIRTH_DATE, "1980-05-06");
  if (source == PLT_SOURCE_IDENTITY)
    {
      plt_source_answer_set_field (answer, PLT_FIELD_SEX, "F");
      plt_source_answer_set_field (answer, PLT_FIELD_NATIONALITY, "UTO");
      return answer;
    }
  g_autoptr (GDateTime) end = g_date_time_add_days (now, 30);
  g_autofree char *expiry = g_date_time_format (end, "%F");
  g_autofree char *categories = g_strdup_printf ("B;2005-06-07;%s;01", expiry);

  plt_source_answer_set_field (answer, PLT_FIELD_LICENCE_STATUS, "valid");
  plt_source_answer_set_field (answer, PLT_FIELD_LICENCE_EXPIRY, expiry);
  plt_source_answer_set_field (answer, PLT_FIELD_CATEGORIES, categories);
  return answer;
}

static void
desk_free (Desk *desk)
{
  g_object_unref (desk->store);
  g_free (desk->text_id);
  g_free (desk);
}

static void
go_on (Desk *desk)
{
  gint64 now = g_get_monotonic_time ();

  printf ("%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", desk->number, now, now - desk->began);
  if (now < desk->office->deadline)
    enter (desk);
  else
    {
      desk->office->n_open--;
      plt_pg_connection_close (plt_store_get_connection (desk->store));
      desk_free (desk);
    }
}

static void
approved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;

  plt_store_change_finish (PLT_STORE (source), result, &error);
  must (error);
  g_clear_pointer (&desk->theirs, g_free);
  go_on (desk);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;

  plt_store_record_sources_finish (PLT_STORE (source), result, &error);
  must (error);
  plt_store_step_application_async (desk->store, desk->theirs->id, desk->theirs->row_version, "approve", NULL,
                                    NULL, approved_cb, desk);
}

/* Another desk's, with the approver's own asking before. */
static void
approve (Desk *desk)
{
  GQueue *inbox = &desk->office->inboxes[(desk->number - 1) % desk->office->plan->offices];

  for (GList *l = inbox->head; l != NULL; l = l->next)
    {
      Entered *entered = l->data;

      if (entered->desk == desk->number)
        continue;
      g_queue_delete_link (inbox, l);
      desk->theirs = entered;
      break;
    }
  if (desk->theirs == NULL)
    {
      go_on (desk);
      return;
    }
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    answers[i] = make_answer ((PltSource) i);
  plt_store_record_sources_async (desk->store, desk->theirs->id, answers, NULL, asked_cb, desk);
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    plt_source_answer_unref (answers[i]);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;

  desk->mine.row_version = plt_store_change_finish (PLT_STORE (source), result, &error);
  must (error);
  g_queue_push_tail (&desk->office->inboxes[(desk->number - 1) % desk->office->plan->offices],
                     g_memdup2 (&desk->mine, sizeof desk->mine));
  approve (desk);
}

static void
signed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;

  desk->mine.row_version = plt_store_change_finish (PLT_STORE (source), result, &error);
  must (error);
  plt_store_step_application_async (desk->store, desk->mine.id, desk->mine.row_version, "submit", NULL, NULL,
                                    submitted_cb, desk);
}

static void
portrait_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) signature = make_picture (FALSE);

  desk->mine.row_version = plt_store_change_finish (PLT_STORE (source), result, &error);
  must (error);
  plt_store_set_image_async (desk->store, desk->mine.id, desk->mine.row_version, "signature", signature,
                             "image/png", NULL, NULL, signed_cb, desk);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) portrait = make_picture (TRUE);
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  must (error);
  plt_store_set_image_async (desk->store, desk->mine.id, desk->mine.row_version, "portrait", portrait,
                             "image/jpeg", NULL, NULL, portrait_cb, desk);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);
  g_autoptr (GBytes) portrait = make_picture (TRUE);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, portrait);

  must (error);
  desk->mine.id = plt_licence_application_get_id (read->application);
  desk->mine.row_version = plt_licence_application_get_row_version (read->application);
  g_free (desk->text_id);
  desk->text_id = g_strdup_printf ("%" G_GINT64_FORMAT, desk->mine.id);
  const char *arguments[] = { desk->text_id, sha256, "file", "{\"verdict\":\"good\",\"bad\":[]}" };
  plt_store_ask_json_async (desk->store, "photo-check-note", arguments, G_N_ELEMENTS (arguments), NULL, noted_cb,
                            desk);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autofree char *number = plt_store_start_application_finish (PLT_STORE (source), result, &error);

  must (error);
  plt_store_read_case_async (desk->store, number, 0, NULL, opened_cb, desk);
}

static void
enter (Desk *desk)
{
  const BusinessPlan *plan = desk->office->plan;
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  static const char * const categories[] = { "B", NULL };
  g_autofree char *key = g_uuid_string_random ();
  int citizen = (desk->number - plan->first) * plan->n_citizens + desk->n_used++;

  if (desk->n_used > plan->n_citizens)
    g_error ("There are no more citizens.");
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    answers[i] = make_answer ((PltSource) i);
  g_autoptr (GPtrArray) fields = plt_reconcile (answers);
  desk->mine = (Entered) { .desk = desk->number };
  desk->began = g_get_monotonic_time ();
  plt_store_start_application_async (desk->store, key, plan->citizens[citizen], PLT_APPLICATION_TYPE_RENEWAL,
                                     categories, NULL, answers, fields, NULL, started_cb, desk);
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    plt_source_answer_unref (answers[i]);
}

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autoptr (PltStoreSession) session = plt_store_resume_session_finish (PLT_STORE (source), result, &error);

  must (error);
  enter (desk);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Desk *desk = user_data;
  GError *error = NULL;
  g_autofree char *token = g_strdup_printf ("desk%d", desk->number);

  plt_pg_connection_open_finish (PLT_PG_CONNECTION (source), result, &error);
  must (error);
  plt_store_resume_session_async (desk->store, token, NULL, resumed_cb, desk);
}

void
business_run_desks (const BusinessPlan *plan)
{
  g_autofree GQueue *inboxes = g_new0 (GQueue, (gsize) plan->offices);
  Office office = { .plan = plan, .inboxes = inboxes, .n_open = plan->n };

  for (int i = 0; i < plan->offices; i++)
    g_queue_init (&inboxes[i]);
  office.deadline = g_get_monotonic_time () + (gint64) (plan->seconds * G_USEC_PER_SEC);
  for (int i = 0; i < plan->n; i++)
    {
      Desk *desk = g_new0 (Desk, 1);
      g_autofree char *user = g_strdup_printf ("desk%d", plan->first + i);
      g_autoptr (PltPgConnection) connection = plt_pg_connection_new (plan->conninfo, user, user);

      desk->office = &office;
      desk->number = plan->first + i;
      desk->store = plt_store_new (connection);
      plt_pg_connection_open_async (connection, NULL, connected_cb, desk);
    }
  while (office.n_open > 0)
    g_main_context_iteration (NULL, TRUE);
  for (int i = 0; i < plan->offices; i++)
    g_queue_clear_full (&inboxes[i], g_free);
}
