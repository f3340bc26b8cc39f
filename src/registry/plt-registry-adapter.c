/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and checks adapter files. */
#include "plt-registry-adapter.h"

#include "plt-adapter-access.h"
#include "plt-adapter-fault.h"
#include "plt-adapter-reader.h"
#include "plt-field-mapping.h"
#include "plt-id-number.h"
#include "plt-json-text.h"
#include "plt-prepared-code.h"
#include "plt-prepared-mapping.h"
#include "plt-registry-client.h"
#include "plt-search-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ID_NUMBER_MARK "{id_number}"
#define CODE_MARK "{code}"
#define PAGE_SIZE_MARK "{page_size}"

/* A number that is given to nobody: its check digit is right, and everything before it is 0. */
#define NOBODY "0000000000"

/* An adapter file is a few kilobytes; anything larger is some other file. */
#define MAX_FILE_BYTES (1024 * 1024)

static const char * const adapter_members[] = {
  "$schema", "registry", "kind", "source", "title", "titles", "url", "query", "headers", "ca",
  "authentication", "probe_url", "budget_ms", "late_ms", "max_bytes", "page_size", "concurrency",
  "retry", "breaker", "cache_s", "codes", "answer", "search", "report", NULL
};
static const char * const kinds[] = { "registry", "pre-enrolment", NULL };
static const char * const breaker_members[] = { "failures", "pause_ms", "max_pause_ms", NULL };
static const char * const retry_members[] = { "attempts", "pause_ms", NULL };
static const char * const answer_members[] = {
  "root", "not_found", "id_number", "fields", "portrait", NULL
};
static const char * const prepared_answer_members[] = {
  "root", "not_found", "code", "id_number", "office", "state", "type", "categories", "language",
  "email", "phone", "prepared_on", "expires_on", "fields", "portrait", NULL
};
static const char * const not_found_members[] = { "status", "missing", NULL };
static const char * const portrait_members[] = { "path", "encoding", NULL };
static const char * const encodings[] = { "base64", NULL };

G_DEFINE_QUARK (plt-registry-error-quark, plt_registry_error)

/* What stands for whom it is asked about. */
static const char *
get_mark (PltRegistryAdapter *self)
{
  return self->is_prepared ? CODE_MARK : ID_NUMBER_MARK;
}

static gboolean
asks_for_key (PltRegistryAdapter *self)
{
  GHashTableIter iter;
  gpointer value;

  if (strstr (self->url, get_mark (self)) != NULL)
    return TRUE;
  if (self->query == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, self->query);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (value != NULL && strstr (value, get_mark (self)) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_https (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

static void
check_url (PltRegistryAdapter *self,
           PltAdapterObject   *object)
{
  g_autofree char *text = self->url != NULL ? plt_registry_adapter_make_uri (self, "0") : NULL;

  if (self->url != NULL && !asks_for_key (self))
    plt_adapter_object_fail (object, "url", _("must contain %s, or “query” must"), get_mark (self));
  if (text != NULL && !is_https (text))
    plt_adapter_object_fail (object, "url", _("must be an https address"));
  if (self->probe_url != NULL && !is_https (self->probe_url))
    plt_adapter_object_fail (object, "probe_url", _("must be an https address"));
}

static void
read_retry (PltRegistryAdapter *self,
            PltAdapterObject   *object)
{
  self->attempts = 2;
  self->pause_ms = 100;
  if (!plt_adapter_object_has (object, "retry"))
    return;

  g_auto (PltAdapterObject) retry = plt_adapter_object_open (object, "retry");

  plt_adapter_object_allow (&retry, retry_members);
  self->attempts = plt_adapter_object_int (&retry, "attempts", 2, 1, 5);
  self->pause_ms = plt_adapter_object_int (&retry, "pause_ms", 100, 0, 5000);
}

static void
read_breaker (PltRegistryAdapter *self,
              PltAdapterObject   *object)
{
  self->breaker_failures = 3;
  self->breaker_pause_ms = 5000;
  self->breaker_max_pause_ms = 60000;
  if (!plt_adapter_object_has (object, "breaker"))
    return;

  g_auto (PltAdapterObject) breaker = plt_adapter_object_open (object, "breaker");

  plt_adapter_object_allow (&breaker, breaker_members);
  self->breaker_failures = plt_adapter_object_int (&breaker, "failures", 3, 1, 100);
  self->breaker_pause_ms = plt_adapter_object_int (&breaker, "pause_ms", 5000, 100, 600000);
  self->breaker_max_pause_ms =
    plt_adapter_object_int (&breaker, "max_pause_ms", MAX (60000, self->breaker_pause_ms), 100,
                            3600000);
  if (self->breaker_max_pause_ms < self->breaker_pause_ms)
    plt_adapter_object_fail (&breaker, "max_pause_ms", _("must not be less than “pause_ms”"));
}

static void
read_limits (PltRegistryAdapter *self,
             PltAdapterObject   *object)
{
  self->budget_ms = plt_adapter_object_int (object, "budget_ms", 2000, 100, 60000);
  self->late_ms = plt_adapter_object_int (object, "late_ms", 30000, 0, 300000);
  self->max_bytes = plt_adapter_object_int (object, "max_bytes", 2000000, 1000, 100000000);
  self->page_size = plt_adapter_object_int (object, "page_size", 50, 1, 1000);
  self->concurrency = plt_adapter_object_int (object, "concurrency", 8, 1, 64);
  self->cache_s = plt_adapter_object_int (object, "cache_s", 30 * 24 * 60 * 60, 0, 366 * 24 * 60 * 60);
  read_retry (self, object);
  read_breaker (self, object);
}

/* Tables of codes that several fields share, by name. */
static void
read_codes (PltRegistryAdapter *self,
            PltAdapterObject   *object)
{
  if (!plt_adapter_object_has (object, "codes"))
    return;

  g_auto (PltAdapterObject) codes = plt_adapter_object_open (object, "codes");

  if (codes.object == NULL)
    return;
  self->codes =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);

  g_autoptr (GList) names = json_object_get_members (codes.object);

  for (GList *at = names; at != NULL; at = at->next)
    g_hash_table_insert (self->codes, g_strdup (at->data), plt_adapter_object_map (&codes, at->data));
}

static void
read_not_found (PltRegistryAdapter *self,
                PltAdapterObject   *answer)
{
  int status = 404;

  if (!plt_adapter_object_has (answer, "not_found"))
    {
      g_array_append_val (self->not_found, status);
      return;
    }

  g_auto (PltAdapterObject) object = plt_adapter_object_open (answer, "not_found");

  plt_adapter_object_allow (&object, not_found_members);
  if (plt_adapter_object_has (&object, "missing"))
    self->missing = plt_adapter_object_pointer (&object, "missing");
  if (!plt_adapter_object_has (&object, "status"))
    return;

  JsonArray *statuses = plt_adapter_object_array (&object, "status");

  for (guint i = 0; statuses != NULL && i < json_array_get_length (statuses); i++)
    {
      JsonNode *node = json_array_get_element (statuses, i);

      if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 200 ||
          json_node_get_int (node) > 499)
        {
          plt_adapter_object_fail (&object, "status", _("must hold numbers from 200 to 499"));
          return;
        }
      status = (int) json_node_get_int (node);
      g_array_append_val (self->not_found, status);
    }
}

/* An applicant says who they are, and neither that they are dead nor what they may drive. */
static void
check_stated (PltRegistryAdapter *self,
              PltAdapterObject   *answer)
{
  for (guint i = 0; i < self->mappings->len; i++)
    {
      PltField field = ((PltFieldMapping *) self->mappings->pdata[i])->field;

      if (!plt_field_is_person (field) || field == PLT_FIELD_DEATH_DATE)
        plt_adapter_object_fail (answer, "fields", _("must not have “%s”, which no applicant states"),
                                 plt_field_to_nick (field));
    }
}

static void
read_answer (PltRegistryAdapter *self,
             PltAdapterObject   *object)
{
  g_auto (PltAdapterObject) answer = plt_adapter_object_open (object, "answer");

  plt_adapter_object_allow (&answer, self->is_prepared ? prepared_answer_members : answer_members);
  self->root = plt_adapter_object_has (&answer, "root")
                 ? plt_adapter_object_pointer (&answer, "root")
                 : g_strdup ("");
  read_not_found (self, &answer);
  self->id_path = plt_adapter_object_pointer (&answer, self->is_prepared ? "code" : "id_number");
  plt_field_mappings_read (&answer, self->mappings, self->codes);
  if (self->is_prepared)
    {
      check_stated (self, &answer);
      self->prepared = plt_prepared_mapping_new (object, &answer, self->codes);
    }
  if (!plt_adapter_object_has (&answer, "portrait"))
    return;

  g_auto (PltAdapterObject) portrait = plt_adapter_object_open (&answer, "portrait");

  plt_adapter_object_allow (&portrait, portrait_members);
  self->portrait = plt_adapter_object_pointer (&portrait, "path");
  plt_adapter_object_word (&portrait, "encoding", encodings);
}

/* In the reader's language where the file has it: the languages of the environment are asked in their
 * order, "fr_CA" before "fr". */
static char *
read_title (PltAdapterObject *object)
{
  g_autofree char *title = plt_adapter_object_text (object, "title");
  g_autoptr (GHashTable) titles = plt_adapter_object_map (object, "titles");

  for (const char * const *language = g_get_language_names ();
       titles != NULL && *language != NULL; language++)
    {
      const char *found = g_hash_table_lookup (titles, *language);

      if (found != NULL && *found != '\0')
        return g_strdup (found);
      if (g_str_has_prefix (*language, "en"))
        break;
    }
  return g_steal_pointer (&title);
}

static void
read_source (PltRegistryAdapter *self,
             PltAdapterObject   *object)
{
  if (self->is_prepared)
    {
      plt_source_intern (PLT_SOURCE_APPLICANT_NICK, NULL, &self->source);
      if (plt_adapter_object_has (object, "source"))
        plt_adapter_object_fail (object, "source", _("cannot stand in a file of this kind"));
      return;
    }

  g_autofree char *nick = plt_adapter_object_text (object, "source");

  if (g_strcmp0 (nick, PLT_SOURCE_APPLICANT_NICK) == 0)
    plt_adapter_object_fail (object, "source", _("“%s” is the applicant, and no registry"), nick);
  else if (nick != NULL && !plt_source_intern (nick, self->title, &self->source))
    plt_adapter_object_fail (object, "source",
                             _("must be identity, driver, infringement or a word of its own of "
                               "small letters, digits and “_”, and %d registries are the most"),
                             PLT_N_SOURCES);
}

static void
read_search (PltRegistryAdapter *self,
             PltAdapterObject   *object)
{
  if (!plt_adapter_object_has (object, "search"))
    return;
  if (self->is_prepared)
    plt_adapter_object_fail (object, "search", _("cannot stand in a file of this kind"));

  g_auto (PltAdapterObject) search = plt_adapter_object_open (object, "search");

  self->search = plt_search_mapping_new (&search, self->codes);
}

static void
read_adapter (PltRegistryAdapter *self,
              PltAdapterObject   *object)
{
  if (!plt_adapter_object_has (object, "registry"))
    plt_adapter_object_fail (object, "registry", _("is missing; it must be 1"));
  plt_adapter_object_int (object, "registry", 1, 1, 1);
  plt_adapter_object_allow (object, adapter_members);
  self->is_prepared = plt_adapter_object_has (object, "kind") &&
                      plt_adapter_object_word (object, "kind", kinds) == 1;
  if (!self->is_prepared && plt_adapter_object_has (object, "report"))
    plt_adapter_object_fail (object, "report", _("cannot stand in a file of this kind"));
  self->title = read_title (object);
  read_source (self, object);
  self->url = plt_adapter_object_text (object, "url");
  self->query = plt_adapter_object_map (object, "query");
  if (plt_adapter_object_has (object, "probe_url"))
    self->probe_url = plt_adapter_object_text (object, "probe_url");
  plt_adapter_access_read (self, object);
  read_limits (self, object);
  read_codes (self, object);
  read_answer (self, object);
  read_search (self, object);
  check_url (self, object);
}

static void
clear_adapter (gpointer data)
{
  PltRegistryAdapter *self = data;

  g_free (self->file);
  g_free (self->title);
  g_free (self->url);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self->ca);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self->token);
  g_free (self->api_key);
  g_free (self->key_header);
  g_free (self->x_road_client);
  g_free (self->x_road_user);
  g_free (self->probe_url);
  g_clear_pointer (&self->codes, g_hash_table_unref);
  g_free (self->root);
  g_array_unref (self->not_found);
  g_free (self->missing);
  g_free (self->id_path);
  g_ptr_array_unref (self->mappings);
  g_free (self->portrait);
  g_clear_pointer (&self->search, plt_search_mapping_free);
  g_clear_pointer (&self->prepared, plt_prepared_mapping_free);
}

/* (nullable): of no use when faults were added. */
static PltRegistryAdapter *
read_text (const char *path,
           const char *text,
           gsize       length,
           GPtrArray  *faults)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonNode) root = plt_json_text_parse (text, length, &fault);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      plt_adapter_faults_add (faults, "", fault != NULL ? fault->message
                                                        : _("it must hold a JSON object"));
      return NULL;
    }

  PltRegistryAdapter *self = g_atomic_rc_box_new0 (PltRegistryAdapter);
  PltAdapterReader reader = { path, faults };
  g_auto (PltAdapterObject) object = { &reader, json_node_get_object (root), g_strdup ("") };

  self->file = g_strdup (path);
  self->not_found = g_array_new (FALSE, FALSE, sizeof (int));
  self->mappings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_field_mapping_free);
  read_adapter (self, &object);

  return self;
}

static PltRegistryAdapter *
read_file (const char *path,
           GPtrArray  *faults)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &fault);

  if (file == NULL || g_mapped_file_get_length (file) > MAX_FILE_BYTES)
    {
      plt_adapter_faults_add (faults, "",
                              fault != NULL ? fault->message
                                            : _("it is larger than a registry file can be"));
      return NULL;
    }

  const char *text = g_mapped_file_get_contents (file);

  return read_text (path, text != NULL ? text : "", g_mapped_file_get_length (file), faults);
}

/**
 * plt_registry_adapter_new_from_data:
 * @path: the file it comes from: for messages, and file names in it are relative to its folder
 * @text: its contents
 * @length: their length
 * @error: %PLT_REGISTRY_ERROR_ADAPTER, with the line or the path of the first member that is wrong
 *
 * Returns: (transfer full) (nullable): the adapter
 */
PltRegistryAdapter *
plt_registry_adapter_new_from_data (const char  *path,
                                    const char  *text,
                                    gsize        length,
                                    GError     **error)
{
  g_autoptr (GPtrArray) faults = plt_adapter_faults_new ();
  g_autoptr (PltRegistryAdapter) self = read_text (path, text, length, faults);

  if (faults->len > 0)
    {
      plt_adapter_faults_to_error (faults, path, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* As plt_registry_adapter_new_from_data(), which also says what fails. */
PltRegistryAdapter *
plt_registry_adapter_new_from_file (const char  *path,
                                    GError     **error)
{
  g_autoptr (GPtrArray) faults = plt_adapter_faults_new ();
  g_autoptr (PltRegistryAdapter) self = read_file (path, faults);

  if (faults->len > 0)
    {
      plt_adapter_faults_to_error (faults, path, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * plt_registry_adapter_check_file:
 * @path: a file
 * @title: (out) (nullable): what the registry is called, if that can be read
 *
 * Returns: (transfer full) (element-type PltAdapterFault): all that is wrong with it, in the order
 *   of reading; empty when it can be used
 */
GPtrArray *
plt_registry_adapter_check_file (const char  *path,
                                 char       **title)
{
  GPtrArray *faults = plt_adapter_faults_new ();
  g_autoptr (PltRegistryAdapter) self = read_file (path, faults);

  *title = self != NULL ? g_strdup (self->title) : NULL;

  return faults;
}

PltRegistryAdapter *
plt_registry_adapter_ref (PltRegistryAdapter *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plt_registry_adapter_unref (PltRegistryAdapter *self)
{
  g_atomic_rc_box_release_full (self, clear_adapter);
}

static void
append_query (PltRegistryAdapter *self,
              GString            *uri,
              const char         *key,
              const char         *page_size)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->query), (GCompareFunc) strcmp);

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autoptr (GString) value = g_string_new (g_hash_table_lookup (self->query, at->data));

      g_string_replace (value, get_mark (self), key, 0);
      g_string_replace (value, PAGE_SIZE_MARK, page_size, 0);
      g_string_append_c (uri, strchr (uri->str, '?') != NULL ? '&' : '?');
      g_string_append_uri_escaped (uri, at->data, NULL, FALSE);
      g_string_append_c (uri, '=');
      g_string_append_uri_escaped (uri, value->str, NULL, FALSE);
    }
}

/**
 * plt_registry_adapter_make_uri:
 * @self: an adapter
 * @key: the ID number to ask for, or the code of a prepared application; percent-encoded here
 *
 * Returns: (transfer full): the address to get; it holds personal data and must not be logged
 */
char *
plt_registry_adapter_make_uri (PltRegistryAdapter *self,
                               const char         *key)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);
  g_autofree char *page_size = g_strdup_printf ("%d", self->page_size);
  GString *uri = g_string_new (self->url);

  g_string_replace (uri, get_mark (self), escaped, 0);
  g_string_replace (uri, PAGE_SIZE_MARK, page_size, 0);
  if (self->query != NULL)
    append_query (self, uri, key, page_size);

  return g_string_free (uri, FALSE);
}

/**
 * plt_registry_adapter_make_probe:
 * @self: an adapter
 *
 * Returns: (transfer full): the address that tells whether the registry answers, without asking
 *   for anybody: its “probe_url”, or the number that nobody has
 */
char *
plt_registry_adapter_make_probe (PltRegistryAdapter *self)
{
  g_autofree char *nobody = g_strdup_printf (NOBODY "%d", plt_id_number_check_digit (NOBODY));

  if (self->probe_url != NULL)
    return g_strdup (self->probe_url);

  return plt_registry_adapter_make_uri (self, self->is_prepared ? plt_prepared_code_of_nobody ()
                                                                : nobody);
}

gboolean
plt_registry_adapter_is_not_found (PltRegistryAdapter *self,
                                   int                 status)
{
  for (guint i = 0; i < self->not_found->len; i++)
    {
      if (g_array_index (self->not_found, int, i) == status)
        return TRUE;
    }

  return FALSE;
}
