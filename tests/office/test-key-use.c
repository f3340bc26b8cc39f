/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is published of the issuer's keys: all that sign, and of those that do so no more those
 * of which a card is still good. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "plt-issuer-key.h"
#include "plt-key-news.h"
#include "plt-key-ring.h"
#include "plt-key-store.h"
#include "plt-key-work.h"
#include "plt-office-keys.h"
#include "plt-store-issuer-keys.h"

#define DAY 86400

static char *folder;
static char *keys;
static PltOfficeConfig *config;

static void
make (const char    *where,
      PltKeyPurpose  purpose,
      const char    *id,
      gint64         from)
{
  g_autofree char *root = g_build_filename (folder, "root", NULL);
  g_autofree char *made = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  const PltKeyWish wish = {
    .purpose = purpose, .id = id, .country = "XY", .organization = "Elbonia", .name = id, .uri = "https://issuer.example",
    .crl = "https://issuer.example/crl.pem", .plain = TRUE, .root = purpose == PLT_KEY_PURPOSE_IACA ? NULL : root, .from = from,
  };

  plt_key_store_rotate (where, &wish, from, &made, &request, &error);
  g_assert_no_error (error);
}

/* A root; QR-1, which QR-2 followed ten days ago; DS-1, which signs. */
static void
set_up (void)
{
  gint64 today = g_get_real_time () / G_USEC_PER_SEC / DAY * DAY;
  g_autofree char *root = NULL;
  g_autofree char *conf = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("plt-use-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  keys = g_build_filename (folder, "keys", NULL);
  root = g_build_filename (folder, "root", NULL);
  conf = g_build_filename (folder, "platen.conf", NULL);
  make (root, PLT_KEY_PURPOSE_IACA, "XY-IACA-1", today - 100 * DAY);
  make (keys, PLT_KEY_PURPOSE_QR, "QR-1", today - 50 * DAY);
  make (keys, PLT_KEY_PURPOSE_QR, "QR-2", today - 10 * DAY);
  make (keys, PLT_KEY_PURPOSE_DOCUMENT, "DS-1", today - 50 * DAY);
  make (keys, PLT_KEY_PURPOSE_APPROVAL, "OK-1", today - 50 * DAY);
  make (keys, PLT_KEY_PURPOSE_APPROVAL, "OK-2", today - 10 * DAY);
  g_assert_true (g_file_set_contents (conf, "[database]\nconnection=dbname=none\n", -1, NULL));
  config = plt_office_config_load (conf, &error);
  g_assert_no_error (error);
}

static PltStoreIssuerKey *
new_use (const char *key,
         const char *certificate,
         gboolean    in_use)
{
  PltStoreIssuerKey *use = g_new0 (PltStoreIssuerKey, 1);

  use->key = g_strdup (key);
  use->certificate_sha256 = g_strdup (certificate);
  use->last_expiry = g_strdup (in_use ? "2090-01-01" : "2001-01-01");
  use->in_use = in_use;

  return use;
}

/* Says of each key whether it was published: in certificates.pem, and in jwks.json but for the
 * root. */
static char *
publish (GPtrArray   *uses,
         JsonObject **said)
{
  static const char * const names[] = { "DS-1", "OK-1", "OK-2", "QR-1", "QR-2", "XY-IACA-1" };
  g_autofree char *into = g_build_filename (folder, "published", NULL);
  g_autofree char *list = g_build_filename (into, "certificates.pem", NULL);
  g_autofree char *set = g_build_filename (into, "jwks.json", NULL);
  g_autofree char *certificates = NULL;
  g_autofree char *jwks = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) published = g_string_new (NULL);
  g_autofree char *json = plt_key_work_export (config, &(PltKeyExport) { keys, into, uses, NULL }, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = json_from_string (json, NULL);
  *said = json_object_ref (json_node_get_object (node));
  g_assert_true (g_file_get_contents (list, &certificates, NULL, NULL));
  g_assert_true (g_file_get_contents (set, &jwks, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *title = g_strdup_printf ("# %s ", names[i]);
      g_autofree char *kid = g_strdup_printf ("\"kid\" : \"%s\"", names[i]);
      gboolean listed = strstr (certificates, title) != NULL;

      g_assert_true ((strstr (jwks, kid) != NULL) == (listed && strstr (names[i], "IACA") == NULL));
      if (listed)
        g_string_append_printf (published, "%s%s", published->len > 0 ? " " : "", names[i]);
    }

  return g_string_free (g_steal_pointer (&published), FALSE);
}

static void
assert_published (const char *which,
                  gboolean    remarks,
                  guint       n_run_out,
                  ...)
{
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_issuer_key_free);
  g_autoptr (JsonObject) said = NULL;
  g_autofree char *published = NULL;
  PltStoreIssuerKey *use;
  va_list list;

  va_start (list, n_run_out);
  while ((use = va_arg (list, PltStoreIssuerKey *)) != NULL)
    g_ptr_array_add (uses, use);
  va_end (list);
  published = publish (uses, &said);
  g_assert_cmpstr (published, ==, which);
  g_assert_cmpint (json_object_has_member (said, "remark"), ==, remarks);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (said, "run_out")), ==, n_run_out);
}

#define ALL "DS-1 OK-1 OK-2 QR-1 QR-2 XY-IACA-1"
#define WITHOUT "DS-1 OK-1 OK-2 QR-2 XY-IACA-1"

static void
test_run_out (void)
{
  g_autofree char *certificate = g_build_filename (keys, "QR-1.pem", NULL);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_new_for_certificate (certificate, "k", NULL);
  g_autofree char *hash = plt_issuer_key_dup_certificate_hash (key);

  assert_published (ALL, FALSE, 0, new_use ("QR-1", NULL, TRUE), NULL);
  assert_published (WITHOUT, FALSE, 1, new_use ("QR-1", NULL, FALSE), NULL);
  /* Its certificate is still of a good card, whatever it was called then. */
  assert_published (ALL, FALSE, 0, new_use ("QR-1", NULL, FALSE), new_use ("QR", hash, TRUE), NULL);
  assert_published (ALL, FALSE, 0, new_use ("QR", hash, TRUE), new_use ("QR-1", NULL, FALSE), NULL);
  /* A key that signs stays, whatever it has signed; so does one of which nobody knows whether it
   * ever did. */
  assert_published (ALL, FALSE, 0, new_use ("QR-2", NULL, FALSE), new_use ("DS-1", NULL, FALSE), NULL);
  assert_published (ALL, FALSE, 0, NULL);
}

static void
test_cards_without_keys (void)
{
  assert_published (ALL, TRUE, 0, new_use (NULL, NULL, TRUE), new_use ("QR-1", NULL, FALSE), NULL);
  assert_published (WITHOUT, FALSE, 1, new_use (NULL, NULL, FALSE), new_use ("QR-1", NULL, FALSE), new_use ("OK-1", NULL, TRUE), NULL);
  /* Nothing is left of that time: a key that no card names since has signed none that is good. */
  assert_published ("DS-1 OK-2 QR-2 XY-IACA-1", FALSE, 2, new_use (NULL, NULL, FALSE), NULL);
  assert_published (ALL, FALSE, 0, new_use (NULL, NULL, FALSE), new_use ("QR-1", NULL, TRUE), new_use ("OK-1", NULL, TRUE), NULL);
}

static void
test_not_asked (void)
{
  g_autoptr (JsonObject) said = NULL;
  g_autofree char *published = publish (NULL, &said);

  g_assert_cmpstr (published, ==, ALL);
  g_assert_true (json_object_has_member (said, "remark"));
  /* The list of the only root, under its own name and the usual one. */
  g_assert_cmpint (json_object_get_int_member (said, "revocation_lists"), ==, 1);
  g_autofree char *own = g_build_filename (folder, "published", "XY-IACA-1.crl.pem", NULL);
  g_autofree char *usual = g_build_filename (folder, "published", "crl.pem", NULL);

  g_assert_true (g_file_test (own, G_FILE_TEST_EXISTS) && g_file_test (usual, G_FILE_TEST_EXISTS));
}

/* To the second: who is concerned is told thirty days ahead, and when it is over. Of the two
 * keys that signed first the certificates end on one day, of those that followed later. */
static void
test_news (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  const PltKeyInfo *info = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  gboolean stops = TRUE;

  g_assert_true (plt_key_ring_add_folder (ring, keys, NULL, &error));
  key = plt_key_ring_find (ring, "DS-1", &info, &error);
  g_assert_no_error (error);
  gint64 end = info->not_after + 1;

  g_autofree char *before = plt_office_keys_find_news (ring, end - 30 * DAY - 1, &stops);
  g_assert_null (strstr (before, "DS-1"));
  g_assert_false (stops);
  g_autofree char *thirty = plt_office_keys_find_news (ring, end - 30 * DAY, &stops);
  g_assert_nonnull (strstr (thirty, "DS-1"));
  g_assert_nonnull (strstr (thirty, " 30 more days"));
  g_assert_null (strstr (thirty, "QR-"));
  g_assert_false (stops);
  g_autofree char *last = plt_office_keys_find_news (ring, end - 1, &stops);
  g_assert_nonnull (strstr (last, "DS-1"));
  g_assert_false (stops);
  g_autofree char *over = plt_office_keys_find_news (ring, end, &stops);
  g_assert_nonnull (strstr (over, "expired"));
  g_assert_true (stops);
}

/* A root's list is good for thirty days, and told of for the last seven. */
static void
test_news_of_lists (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  const PltKeyInfo *info = NULL;
  g_autoptr (PltIssuerKey) root = NULL;
  gboolean stops = TRUE;

  g_assert_true (plt_key_ring_add_folder (ring, keys, NULL, &error));
  root = plt_key_ring_find (ring, "XY-IACA-1", &info, &error);
  g_assert_no_error (error);
  gint64 end = plt_office_keys_get_list_end (info);

  g_assert_cmpint (end, >, 0);
  g_assert_null (plt_office_keys_find_news (ring, end - 7 * DAY - 1, &stops));
  g_autofree char *seven = plt_office_keys_find_news (ring, end - 7 * DAY, &stops);
  g_assert_nonnull (strstr (seven, "“XY-IACA-1” is good until"));
  g_assert_false (stops);
  g_autofree char *over = plt_office_keys_find_news (ring, end + 1, &stops);
  g_assert_nonnull (strstr (over, "“XY-IACA-1” was good until"));
  g_assert_false (stops);
}

static guint n_told;

static GLogWriterOutput
count_cb (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  n_told += (level & G_LOG_LEVEL_MESSAGE) != 0;
  return G_LOG_WRITER_HANDLED;
}

/* By however many programs, in a folder of the user's own. */
static void
test_once_a_day (void)
{
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  g_autoptr (GError) error = NULL;
  gint64 soon = g_get_real_time () / G_USEC_PER_SEC + 400 * DAY;
  gint64 one = 0, other = 0;

  g_assert_true (plt_key_ring_add_folder (ring, keys, NULL, &error));
  plt_key_news_tell (ring, soon, &one);
  plt_key_news_tell (ring, soon, &one);
  plt_key_news_tell (ring, soon, &other);
  g_assert_cmpuint (n_told, ==, 1);
  plt_key_news_tell (ring, soon + DAY, &one);
  g_assert_cmpuint (n_told, ==, 2);
  /* Nothing to tell. */
  plt_key_news_tell (ring, soon - 395 * DAY, &one);
  g_assert_cmpuint (n_told, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_cb, NULL, NULL);
  set_up ();
  g_test_add_func ("/office/key-use/run-out", test_run_out);
  g_test_add_func ("/office/key-use/cards-without-keys", test_cards_without_keys);
  g_test_add_func ("/office/key-use/not-asked", test_not_asked);
  g_test_add_func ("/office/key-use/news", test_news);
  g_test_add_func ("/office/key-use/news-of-lists", test_news_of_lists);
  g_test_add_func ("/office/key-use/once-a-day", test_once_a_day);
  status = g_test_run ();
  g_object_unref (config);
  g_assert_true (g_spawn_sync (NULL, (char *[]) { (char *) "rm", (char *) "-r", folder, NULL }, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, NULL));
  g_free (folder);
  g_free (keys);

  return status;
}
