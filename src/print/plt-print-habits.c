/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a queue does to everything that names nothing else (lpadmin(8), -o NAME-default=VALUE). A card's job cannot
 * name them all: filters of one kind know some that those of another do not. */
#include "plt-print-habits.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *harmless; /* beside those that mean nothing at all */
} Habit;

/* cups-filters 1.28 (pdftopdf, texttopdf, imagetopdf) and RFC 8011 §5.2. */
static const Habit habits[] = {
  { "page-ranges-default", NULL },      { "page-set-default", "all" },
  { "mirror-default", NULL },           { "outputorder-default", "normal" },
  { "OutputOrder-default", "Normal" },  { "fit-to-page-default", NULL },
  { "fitplot-default", NULL },          { "fill-default", NULL },
  { "crop-to-fit-default", NULL },      { "scaling-default", "100" },
  { "natural-scaling-default", "100" }, { "ppi-default", NULL },
  { "landscape-default", NULL },        { "orientation-requested-default", "portrait" },
  { "page-border-default", NULL },      { "position-default", "center" },
  { "page-left-default", "0" },         { "page-right-default", "0" },
  { "page-top-default", "0" },          { "page-bottom-default", "0" },
  { "page-label-default", NULL },       { "brightness-default", "100" },
  { "gamma-default", "1000" },          { "hue-default", "0" },
  { "saturation-default", "100" },      { "raw-default", NULL },
};

guint
plt_print_habits_list (const char **names)
{
  for (guint i = 0; names != NULL && i < G_N_ELEMENTS (habits); i++)
    names[i] = habits[i].name;
  return G_N_ELEMENTS (habits);
}

static gboolean
is_harmless (const Habit *habit,
             const char  *value)
{
  static const char *const nothing[] = { "", "none", "no-value", "false", "no", "off", "auto", "unknown", NULL };

  return g_strv_contains (nothing, value) || g_strcmp0 (habit->harmless, value) == 0;
}

void
plt_print_habits_judge (PltPrintQueue *queue,
                        GStrvBuilder  *refusals)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    {
      ipp_attribute_t *attribute = plt_print_queue_find (queue, habits[i].name);
      char value[256] = "";

      if (attribute == NULL)
        continue;
      ippAttributeString (attribute, value, sizeof value);
      if (is_harmless (&habits[i], value))
        continue;
      g_autofree char *words = g_strdup_printf (
        /* Translators: a setting and its value; a printer; the setting. */
        _("It changes everything that it prints by its setting “%s=%s”. The administrator takes it away: “lpadmin -p %s "
          "-R %s”."),
        habits[i].name, value, plt_print_queue_string (queue, "printer-name"), habits[i].name);
      g_strv_builder_add (refusals, words);
    }
}
