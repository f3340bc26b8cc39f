/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, keeps and draws the faults of a virtual card printer. */
#include "plt-demo-trouble.h"

#include "plt-demo-error.h"
#include "plt-demo-random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LASTING "lasting"
#define PLANNED "at"
#define EVERY "every"
#define CHANCES "chance"
#define OFFLINE_SECONDS 5
#define SLOW_MS 2000

static const struct
{
  const char         *word;
  PltDemoTroubleKind  kind;
  guint               parameter; /* 0: it takes none */
  guint               most;
} words[] = {
  { "fail-next", PLT_DEMO_TROUBLE_FAIL, 0, 0 },
  { "no-card", PLT_DEMO_TROUBLE_NO_CARD, 0, 0 },
  { "jam", PLT_DEMO_TROUBLE_JAM, 0, 0 },
  { "ribbon-out", PLT_DEMO_TROUBLE_RIBBON_OUT, 0, 0 },
  { "double-feed", PLT_DEMO_TROUBLE_DOUBLE_FEED, 0, 0 },
  { "wrong-hopper", PLT_DEMO_TROUBLE_WRONG_HOPPER, 0, 0 },
  { "colour-shift", PLT_DEMO_TROUBLE_COLOUR_SHIFT, 0, 0 },
  { "smear", PLT_DEMO_TROUBLE_SMEAR, 0, 0 },
  { "repeat", PLT_DEMO_TROUBLE_REPEAT, 0, 0 },
  { "power-cut", PLT_DEMO_TROUBLE_POWER_CUT, 0, 0 },
  { "power-cut-out", PLT_DEMO_TROUBLE_POWER_CUT_OUT, 0, 0 },
  { "power-cut-again", PLT_DEMO_TROUBLE_POWER_CUT_AGAIN, 0, 0 },
  { "offline", PLT_DEMO_TROUBLE_OFFLINE, OFFLINE_SECONDS, 3600 },
  { "slow", PLT_DEMO_TROUBLE_SLOW, SLOW_MS, 600000 },
};

const char *
plt_demo_trouble_get_word (PltDemoTroubleKind kind)
{
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].kind == kind)
      return words[i].word;
  return "";
}

char *
plt_demo_trouble_list (void)
{
  GString *text = g_string_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", words[i].word);
  return g_string_free (text, FALSE);
}

/* @text: a word, with “:N” behind those that take a number. Sets %PLT_DEMO_ERROR_USAGE. */
gboolean
plt_demo_trouble_parse (const char      *text,
                        PltDemoTrouble  *trouble,
                        GError         **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_autofree char *list = NULL;

  for (size_t i = 0; parts[0] != NULL && i < G_N_ELEMENTS (words); i++)
    {
      guint64 parameter = words[i].parameter;

      if (!g_str_equal (parts[0], words[i].word))
        continue;
      if (parts[1] != NULL &&
          (words[i].most == 0 ||
           !g_ascii_string_to_unsigned (parts[1], 10, 1, words[i].most, &parameter, NULL)))
        break;
      *trouble = (PltDemoTrouble) { words[i].kind, (guint) parameter };
      return TRUE;
    }
  list = plt_demo_trouble_list ();
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is no fault of a printer. Choose %s; offline takes seconds and slow "
                 "milliseconds behind a colon."), text, list);
  return FALSE;
}

PltDemoTroubles *
plt_demo_troubles_load (const char *path)
{
  PltDemoTroubles *self = g_new0 (PltDemoTroubles, 1);

  self->file = g_key_file_new ();
  self->path = g_strdup (path);
  g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, NULL); /* none yet: no trouble */
  return self;
}

void
plt_demo_troubles_free (PltDemoTroubles *self)
{
  g_key_file_unref (self->file);
  g_free (self->path);
  g_free (self);
}

static gboolean
save (PltDemoTroubles  *self,
      GError          **error)
{
  return g_key_file_save_to_file (self->file, self->path, error);
}

static void
put (PltDemoTroubles *self,
     const char      *group,
     guint            number,
     const char      *trouble)
{
  g_autofree char *key = g_strdup_printf ("%u", number);

  g_key_file_set_string (self->file, group, key, trouble);
}

gboolean
plt_demo_troubles_plan (PltDemoTroubles  *self,
                        guint             number,
                        const char       *trouble,
                        GError          **error)
{
  PltDemoTrouble parsed;

  if (!plt_demo_trouble_parse (trouble, &parsed, error))
    return FALSE;
  put (self, PLANNED, number, trouble);
  return save (self, error);
}

static gboolean
put_chance (PltDemoTroubles  *self,
            const char       *trouble,
            double            probability,
            GError          **error)
{
  if (!(probability >= 0 && probability <= 1))
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("A probability is a number from 0 to 1, such as 0.02."));
      return FALSE;
    }
  g_key_file_set_double (self->file, CHANCES, trouble, probability);
  return TRUE;
}

gboolean
plt_demo_troubles_set_chance (PltDemoTroubles  *self,
                              const char       *trouble,
                              double            probability,
                              gint64            seed,
                              GError          **error)
{
  PltDemoTrouble parsed;

  if (!plt_demo_trouble_parse (trouble, &parsed, error) ||
      !put_chance (self, trouble, probability, error))
    return FALSE;
  g_key_file_set_int64 (self->file, LASTING, "seed", seed);
  return save (self, error);
}

/* “at 12 jam”, “every 50 smear”, “chance 0.02 double-feed”, “seed 7”. */
static gboolean
read_line (PltDemoTroubles  *self,
           guint             from,
           const char       *line,
           GError          **error)
{
  g_auto (GStrv) parts = g_regex_split_simple ("[ \t]+", line, 0, 0);
  guint n = g_strv_length (parts);
  PltDemoTrouble parsed;
  guint64 number = 0;

  if (n == 2 && g_str_equal (parts[0], "seed") &&
      g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT64, &number, NULL))
    {
      g_key_file_set_int64 (self->file, LASTING, "seed", (gint64) number);
      return TRUE;
    }
  if (n == 3 && g_str_equal (parts[0], "chance"))
    return plt_demo_trouble_parse (parts[2], &parsed, error) &&
           put_chance (self, parts[2], g_ascii_strtod (parts[1], NULL), error);
  if (n == 3 && (g_str_equal (parts[0], PLANNED) || g_str_equal (parts[0], EVERY)) &&
      g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT, &number, NULL))
    {
      if (!plt_demo_trouble_parse (parts[2], &parsed, error))
        return FALSE;
      put (self, parts[0], (guint) number + (g_str_equal (parts[0], PLANNED) ? from : 0), parts[2]);
      return TRUE;
    }
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is no line of a schedule. Write “at 12 jam”, “every 50 smear”, “chance "
                 "0.02 double-feed” or “seed 7”."), line);
  return FALSE;
}

/* @from: how many cards there were; a schedule counts from the next. Replaces the one before. */
gboolean
plt_demo_troubles_read_schedule (PltDemoTroubles  *self,
                                 guint             from,
                                 const char       *text,
                                 GError          **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_key_file_remove_group (self->file, PLANNED, NULL);
  g_key_file_remove_group (self->file, EVERY, NULL);
  g_key_file_remove_group (self->file, CHANCES, NULL);
  for (int i = 0; lines[i] != NULL; i++)
    {
      char *hash = strchr (lines[i], '#');

      if (hash != NULL)
        *hash = '\0';
      g_strstrip (lines[i]);
      if (*lines[i] != '\0' && !read_line (self, from, lines[i], error))
        return FALSE;
    }
  return save (self, error);
}

static gboolean
find_every (PltDemoTroubles *self,
            guint            number,
            PltDemoTrouble  *trouble)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, EVERY, NULL, NULL);

  for (int i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      guint every = (guint) g_ascii_strtoull (keys[i], NULL, 10);
      g_autofree char *word = g_key_file_get_string (self->file, EVERY, keys[i], NULL);

      if (every > 0 && number % every == 0 && plt_demo_trouble_parse (word, trouble, NULL))
        return TRUE;
    }
  return FALSE;
}

PltDemoTrouble
plt_demo_troubles_pick (PltDemoTroubles *self,
                        guint            number)
{
  PltDemoTrouble trouble = { PLT_DEMO_TROUBLE_NONE, 0 };
  g_autofree char *key = g_strdup_printf ("%u", number);
  g_autofree char *planned = g_key_file_get_string (self->file, PLANNED, key, NULL);
  g_auto (GStrv) chances = g_key_file_get_keys (self->file, CHANCES, NULL, NULL);
  gint64 seed = g_key_file_get_int64 (self->file, LASTING, "seed", NULL);
  PltDemoRandom random = plt_demo_random_new ((guint64) seed, number);

  if (planned != NULL && plt_demo_trouble_parse (planned, &trouble, NULL))
    return trouble;
  if (find_every (self, number, &trouble))
    return trouble;
  for (int i = 0; chances != NULL && chances[i] != NULL; i++)
    if (plt_demo_random_chance (&random, g_key_file_get_double (self->file, CHANCES, chances[i], NULL)) &&
        plt_demo_trouble_parse (chances[i], &trouble, NULL))
      return trouble;
  return trouble;
}

char *
plt_demo_troubles_dup (PltDemoTroubles *self,
                       const char      *key)
{
  return g_key_file_get_string (self->file, LASTING, key, NULL);
}

double
plt_demo_troubles_get_number (PltDemoTroubles *self,
                              const char      *key)
{
  return g_key_file_get_double (self->file, LASTING, key, NULL);
}

gboolean
plt_demo_troubles_set (PltDemoTroubles  *self,
                       const char       *key,
                       const char       *value,
                       GError          **error)
{
  if (value != NULL)
    g_key_file_set_string (self->file, LASTING, key, value);
  else
    g_key_file_remove_key (self->file, LASTING, key, NULL);
  return save (self, error);
}

gboolean
plt_demo_troubles_clear (PltDemoTroubles  *self,
                         GError          **error)
{
  static const char *const keys[] = { "hold", "offline", "slow", "seed" };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    g_key_file_remove_key (self->file, LASTING, keys[i], NULL);
  g_key_file_remove_group (self->file, PLANNED, NULL);
  g_key_file_remove_group (self->file, EVERY, NULL);
  g_key_file_remove_group (self->file, CHANCES, NULL);
  return save (self, error);
}
