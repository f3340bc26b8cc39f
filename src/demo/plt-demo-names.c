/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws names, streets and towns from data/demo/names.ini, the common ones often. */
#include "plt-demo-names.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* About one person in ten has a surname that hardly anyone else has. */
#define COMPOSED_PERCENT 12
#define OTHER_SCRIPT_PERCENT 12
#define N_WEIGHTED 8192

/* Names in the order of their frequency, and a table that is hit as often as each is borne. */
typedef struct
{
  GArray  *names; /* of PltDemoName */
  guint16  weighted[N_WEIGHTED];
} Pool;

struct _PltDemoNames
{
  GStringChunk *texts;
  Pool          family[PLT_DEMO_N_SCRIPTS];
  Pool          given[PLT_DEMO_N_SCRIPTS][2]; /* of women, of men */
  Pool          feminine[PLT_DEMO_N_SCRIPTS];
  Pool          composed;
  Pool          traits[PLT_DEMO_N_TRAITS];
  Pool          streets;
  Pool          towns;
};

static const char *const scripts[] = { "latin", "cyrillic", "greek", "arabic", "thai" };

/* Frequencies of names fall with their rank, at first slowly (Zipf–Mandelbrot). */
static double
weigh (double rank)
{
  return pow (rank + 4, 0.35);
}

/* Inverts the sum of the weights, which is weigh() itself. */
static void
weigh_pool (Pool *pool)
{
  double total = weigh (pool->names->len) - weigh (0);

  for (guint i = 0; i < N_WEIGHTED; i++)
    {
      double at = (i + 0.5) / N_WEIGHTED * total + weigh (0);
      guint rank = (guint) (pow (at, 1 / 0.35) - 4);

      pool->weighted[i] = (guint16) MIN (rank, pool->names->len - 1);
    }
}

static const PltDemoName *
get_name (const Pool *pool,
          guint       rank)
{
  return &g_array_index (pool->names, PltDemoName, rank);
}

static const PltDemoName *
pick (const Pool    *pool,
      PltDemoRandom *random)
{
  return get_name (pool, pool->weighted[plt_demo_random_next (random) % N_WEIGHTED]);
}

static void
add_name (PltDemoNames *self,
          Pool         *pool,
          const char   *latin,
          const char   *native,
          const char   *variant)
{
  PltDemoName name = {
    .latin = g_string_chunk_insert_const (self->texts, latin),
    .native = native != NULL ? g_string_chunk_insert_const (self->texts, native) : NULL,
    .variant = variant != NULL ? g_string_chunk_insert_const (self->texts, variant) : NULL,
  };

  g_array_append_val (pool->names, name);
}

static void
init_pool (Pool *pool)
{
  pool->names = g_array_new (FALSE, FALSE, sizeof (PltDemoName));
}

static void
fill_pool (PltDemoNames *self,
           Pool         *pool,
           GKeyFile     *file,
           const char   *group,
           const char   *key)
{
  g_auto (GStrv) entries = g_key_file_get_string_list (file, group, key, NULL, NULL);

  init_pool (pool);
  for (char **entry = entries; *entry != NULL; entry++)
    {
      g_auto (GStrv) forms = g_strsplit (*entry, "=", 3);

      add_name (self, pool, forms[0], forms[1], forms[1] != NULL ? forms[2] : NULL);
    }
  weigh_pool (pool);
}

/* Slavic surnames in -ov and -ev have a form for women. */
static void
add_feminine (PltDemoNames  *self,
              PltDemoScript  script)
{
  Pool *pool = &self->family[script];
  Pool *feminine = &self->feminine[script];

  init_pool (feminine);
  for (guint i = 0; i < pool->names->len; i++)
    {
      const PltDemoName *name = get_name (pool, i);
      gboolean changes = script == PLT_DEMO_SCRIPT_CYRILLIC &&
                         (g_str_has_suffix (name->latin, "ov") ||
                          g_str_has_suffix (name->latin, "ev"));
      g_autofree char *latin = g_strconcat (name->latin, changes ? "a" : "", NULL);
      g_autofree char *native = g_strconcat (name->native != NULL ? name->native : "",
                                             changes ? "а" : "", NULL);
      g_autofree char *variant = g_strconcat (name->variant != NULL ? name->variant : "",
                                              changes ? "a" : "", NULL);

      add_name (self, feminine, latin, name->native != NULL ? native : NULL,
                name->variant != NULL ? variant : NULL);
    }
}

static void
link_feminine (Pool       *pool,
               const Pool *feminine)
{
  for (guint i = 0; i < pool->names->len; i++)
    g_array_index (pool->names, PltDemoName, i).feminine =
      feminine != NULL ? get_name (feminine, i) : get_name (pool, i);
}

static void
compose (PltDemoNames *self,
         GKeyFile     *file)
{
  g_auto (GStrv) starts = g_key_file_get_string_list (file, "composed", "start", NULL, NULL);
  g_auto (GStrv) middles = g_key_file_get_string_list (file, "composed", "middle", NULL, NULL);
  g_auto (GStrv) ends = g_key_file_get_string_list (file, "composed", "end", NULL, NULL);

  init_pool (&self->composed);
  for (char **middle = middles; *middle != NULL; middle++)
    for (char **end = ends; *end != NULL; end++)
      for (char **start = starts; *start != NULL; start++)
        {
          g_autofree char *name = g_strconcat (*start, *middle, *end, NULL);

          add_name (self, &self->composed, name, NULL, NULL);
        }
  link_feminine (&self->composed, NULL);
}

static gboolean
has_trait (const char   *latin,
           PltDemoTrait  trait)
{
  switch (trait)
    {
    case PLT_DEMO_TRAIT_ACCENTED:
      return !g_str_is_ascii (latin);
    case PLT_DEMO_TRAIT_EXPANDABLE:
      return strstr (latin, "ö") != NULL || strstr (latin, "ü") != NULL ||
             strstr (latin, "ä") != NULL || strstr (latin, "ø") != NULL ||
             strstr (latin, "å") != NULL || strstr (latin, "Ø") != NULL ||
             strstr (latin, "Å") != NULL || strstr (latin, "ß") != NULL;
    case PLT_DEMO_TRAIT_HYPHENATED:
      return strchr (latin, '-') != NULL;
    case PLT_DEMO_TRAIT_PARTICLE:
      return strchr (latin, ' ') != NULL;
    case PLT_DEMO_N_TRAITS:
    default:
      g_assert_not_reached ();
    }
}

static void
sort_by_traits (PltDemoNames *self)
{
  const Pool *family = &self->family[PLT_DEMO_SCRIPT_LATIN];

  for (int trait = 0; trait < PLT_DEMO_N_TRAITS; trait++)
    {
      Pool *pool = &self->traits[trait];

      init_pool (pool);
      for (guint i = 0; i < family->names->len; i++)
        if (has_trait (get_name (family, i)->latin, (PltDemoTrait) trait))
          g_array_append_val (pool->names, *get_name (family, i));
      weigh_pool (pool);
      link_feminine (pool, NULL);
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
  self->texts = g_string_chunk_new (65536);
  for (int i = 0; i < PLT_DEMO_N_SCRIPTS; i++)
    {
      fill_pool (self, &self->family[i], file, scripts[i], "family");
      fill_pool (self, &self->given[i][0], file, scripts[i], "female");
      fill_pool (self, &self->given[i][1], file, scripts[i], "male");
      add_feminine (self, (PltDemoScript) i);
      link_feminine (&self->feminine[i], NULL);
      link_feminine (&self->family[i], &self->feminine[i]);
    }
  fill_pool (self, &self->streets, file, "places", "street");
  fill_pool (self, &self->towns, file, "places", "town");
  compose (self, file);
  sort_by_traits (self);

  return self;
}

void
plt_demo_names_free (PltDemoNames *self)
{
  for (int i = 0; i < PLT_DEMO_N_SCRIPTS; i++)
    {
      g_array_unref (self->family[i].names);
      g_array_unref (self->feminine[i].names);
      g_array_unref (self->given[i][0].names);
      g_array_unref (self->given[i][1].names);
    }
  for (int i = 0; i < PLT_DEMO_N_TRAITS; i++)
    g_array_unref (self->traits[i].names);
  g_array_unref (self->streets.names);
  g_array_unref (self->towns.names);
  g_array_unref (self->composed.names);
  g_string_chunk_free (self->texts);
  g_free (self);
}

const char *
plt_demo_script_to_nick (PltDemoScript script)
{
  return scripts[script];
}

/* The script that a household writes its names in, beside Latin. */
PltDemoScript
plt_demo_names_pick_script (PltDemoRandom *random)
{
  static const PltDemoScript others[] = {
    PLT_DEMO_SCRIPT_CYRILLIC, PLT_DEMO_SCRIPT_CYRILLIC, PLT_DEMO_SCRIPT_CYRILLIC,
    PLT_DEMO_SCRIPT_GREEK, PLT_DEMO_SCRIPT_GREEK, PLT_DEMO_SCRIPT_ARABIC, PLT_DEMO_SCRIPT_ARABIC,
    PLT_DEMO_SCRIPT_THAI,
  };
  int at = plt_demo_random_range (random, 0, 799);

  return at < OTHER_SCRIPT_PERCENT * 8 ? others[at % 8] : PLT_DEMO_SCRIPT_LATIN;
}

/* The product of two even numbers is small more often than large: so some composed names are
 * borne by thousands and most by a few. */
static const PltDemoName *
pick_composed (PltDemoNames  *self,
               PltDemoRandom *random)
{
  guint64 bits = plt_demo_random_next (random);
  guint64 skewed = (bits & 0xFFFFFFFF) * (bits >> 32) >> 32;

  return get_name (&self->composed, (guint) (skewed * self->composed.names->len >> 32));
}

/* Returns: (transfer none): the surname, as men bear it. */
const PltDemoName *
plt_demo_names_pick_family (PltDemoNames  *self,
                            PltDemoScript  script,
                            PltDemoRandom *random)
{
  if (script == PLT_DEMO_SCRIPT_LATIN &&
      plt_demo_random_range (random, 0, 99) < COMPOSED_PERCENT)
    return pick_composed (self, random);

  return pick (&self->family[script], random);
}

const PltDemoName *
plt_demo_names_pick_given (PltDemoNames  *self,
                           PltDemoScript  script,
                           gboolean       male,
                           PltDemoRandom *random)
{
  return pick (&self->given[script][male ? 1 : 0], random);
}

/* Returns: (transfer none): a Latin surname to which the trait belongs. */
const PltDemoName *
plt_demo_names_pick_trait (PltDemoNames  *self,
                           PltDemoTrait   trait,
                           PltDemoRandom *random)
{
  return pick (&self->traits[trait], random);
}

const char *
plt_demo_names_pick_street (PltDemoNames  *self,
                            PltDemoRandom *random)
{
  return pick (&self->streets, random)->latin;
}

/* Returns: (transfer none): postcode of four digits, a space, and the town. */
const char *
plt_demo_names_pick_town (PltDemoNames  *self,
                          PltDemoRandom *random)
{
  return pick (&self->towns, random)->latin;
}
