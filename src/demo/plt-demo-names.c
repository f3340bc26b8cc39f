/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws names, streets and towns from data/demo/names.ini, the common ones often. */
#include "plt-demo-names.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* About one person in ten has a surname that hardly anyone else has. */
#define COMPOSED_SHARE 0.12
#define OTHER_SCRIPT_SHARE 0.12

typedef struct
{
  GStrv  entries;
  double total; /* of all weights */
} Pool;

struct _PltDemoNames
{
  GHashTable *pools; /* "latin/family" → Pool */
};

/* Frequencies of names fall with their rank, at first slowly (Zipf–Mandelbrot). */
static double
weigh (double rank)
{
  return pow (rank + 4, 0.35);
}

static void
pool_free (Pool *pool)
{
  g_strfreev (pool->entries);
  g_free (pool);
}

static void
add_pools (PltDemoNames *self,
           GKeyFile     *file,
           const char   *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (char **key = keys; *key != NULL; key++)
    {
      Pool *pool = g_new0 (Pool, 1);

      pool->entries = g_key_file_get_string_list (file, group, *key, NULL, NULL);
      pool->total = weigh (g_strv_length (pool->entries)) - weigh (0);
      g_hash_table_insert (self->pools, g_strdup_printf ("%s/%s", group, *key), pool);
    }
}

PltDemoNames *
plt_demo_names_new (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) text = g_resources_lookup_data ("/org/platen/demo/names.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  PltDemoNames *self;

  if (text == NULL || !g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, error))
    return NULL;

  self = g_new0 (PltDemoNames, 1);
  self->pools = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) pool_free);

  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++)
    add_pools (self, file, *group);

  return self;
}

void
plt_demo_names_free (PltDemoNames *self)
{
  g_hash_table_unref (self->pools);
  g_free (self);
}

/* Inverts the sum of the weights, which is weigh() itself. */
static const char *
pick (PltDemoNames  *self,
      const char    *group,
      const char    *key,
      PltDemoRandom *random)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", group, key);
  Pool *pool = g_hash_table_lookup (self->pools, name);
  double at = plt_demo_random_unit (random) * pool->total + weigh (0);
  guint n_entries = g_strv_length (pool->entries);
  guint rank = (guint) (pow (at, 1 / 0.35) - 4);

  return pool->entries[MIN (rank, n_entries - 1)];
}

static PltDemoName
split_name (const char *entry)
{
  const char *equals = strchr (entry, '=');

  if (equals == NULL)
    return (PltDemoName) { g_strdup (entry), NULL };

  return (PltDemoName) { g_strndup (entry, (gsize) (equals - entry)), g_strdup (equals + 1) };
}

/* Returns: (transfer none): "latin", or the script a household writes its names in beside it */
const char *
plt_demo_names_pick_script (PltDemoNames  *self,
                            PltDemoRandom *random)
{
  static const char *others[] = { "cyrillic", "cyrillic", "cyrillic", "greek", "greek", "arabic",
                                  "arabic", "thai" };

  if (!plt_demo_random_chance (random, OTHER_SCRIPT_SHARE))
    return "latin";

  return others[plt_demo_random_range (random, 0, G_N_ELEMENTS (others) - 1)];
}

/* Returns: the surname, as men bear it. */
PltDemoName
plt_demo_names_pick_family (PltDemoNames  *self,
                            const char    *script,
                            PltDemoRandom *random)
{
  if (g_str_equal (script, "latin") && plt_demo_random_chance (random, COMPOSED_SHARE))
    return (PltDemoName) { g_strconcat (pick (self, "composed", "start", random),
                                        pick (self, "composed", "end", random), NULL), NULL };

  return split_name (pick (self, script, "family", random));
}

/* @sex: 'M', 'F' or 'X'. */
PltDemoName
plt_demo_names_pick_given (PltDemoNames  *self,
                           const char    *script,
                           char           sex,
                           PltDemoRandom *random)
{
  return split_name (pick (self, script, sex == 'M' ? "male" : "female", random));
}

/* @kind: "street" or "town" (with its postcode). */
const char *
plt_demo_names_pick_place (PltDemoNames  *self,
                           const char    *kind,
                           PltDemoRandom *random)
{
  return pick (self, "places", kind, random);
}
