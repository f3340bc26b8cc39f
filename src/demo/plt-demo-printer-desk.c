/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platen-demo printer …: what a trainer, a test or a person at the printer does. */
#include "plt-demo-commands.h"

#include "plt-demo-plastic-picture.h"
#include "plt-demo-printer.h"
#include "plt-demo-trouble.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define MOST_INSTANCES 20

typedef struct
{
  PltDemoBox           *box;
  const PltDemoOptions *options;
  char                 *folder; /* of the printers */
} Desk;

typedef gboolean (* Act) (Desk *desk, const char *const *words, GError **error);

static gboolean
fail_usage (GError     **error,
            const char  *sentence)
{
  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE, sentence);
  return FALSE;
}

static gboolean
tell (Desk               *desk,
      const char         *name,
      const char *const  *words,
      GError            **error)
{
  g_autofree char *answer = plt_demo_printer_tell (desk->folder, name, words, error);

  return answer != NULL;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (g_regex_match_simple ("^[a-z][a-z0-9-]{0,29}$", name, G_REGEX_DOLLAR_ENDONLY, 0))
    return TRUE;
  return fail_usage (error, _("A printer’s name has small letters, digits and dashes, at most 30."));
}

/* “--instances 3” is the first printer with card-printer-2 and card-printer-3. */
static gboolean
start (Desk               *desk,
       const char *const  *words,
       GError            **error)
{
  const char *scheduler = desk->options->scheduler;

  if (scheduler != NULL && !check_name (scheduler, error))
    return FALSE;
  if (desk->options->n_instances != PLT_DEMO_NOT_GIVEN
      && (desk->options->n_instances < 1 || desk->options->n_instances > MOST_INSTANCES))
    return fail_usage (error, _("There are 1 to 20 printers."));
  for (int i = 1; words[i] != NULL; i++)
    if (!check_name (words[i], error) || !plt_demo_printer_add (desk->folder, words[i], scheduler, error))
      return FALSE;
  for (int i = 2; i <= desk->options->n_instances; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%d", plt_demo_printer_get_queue (), i);

      if (!plt_demo_printer_add (desk->folder, name, scheduler, error))
        return FALSE;
    }
  return plt_demo_printer_repair (desk->folder) ||
         fail_usage (error, _("Part of the printers does not run. “platen-demo up” repairs the office."));
}

static gboolean
stop (Desk               *desk,
      const char *const  *words,
      GError            **error)
{
  for (int i = 1; words[i] != NULL; i++)
    if (!tell (desk, words[i], (const char *[]) { "status", NULL }, error) ||
        !plt_demo_printer_take_away (desk->folder, words[i], error))
      return FALSE;
  return TRUE;
}

/* The answer of the printer with its name, its power and its scheduler. */
static JsonNode *
describe (Desk        *desk,
          const char  *name,
          GError     **error)
{
  const char *words[] = { "status", NULL };
  g_autofree char *answer = plt_demo_printer_tell (desk->folder, name, words, error);
  g_autofree char *scheduler = plt_demo_printer_get_scheduler_of (desk->folder, name);
  JsonNode *node = answer != NULL ? json_from_string (answer, error) : NULL;

  if (node == NULL)
    return NULL;
  json_object_set_string_member (json_node_get_object (node), "name", name);
  json_object_set_string_member (json_node_get_object (node), "scheduler", scheduler);
  json_object_set_boolean_member (json_node_get_object (node), "power", plt_demo_printer_is_on (desk->folder, name));
  return node;
}

static void
say_count (JsonObject *printer,
           const char *member,
           const char *what)
{
  if (json_object_get_null_member (printer, member))
    printf ("  %s: %s", what, _("not counted"));
  else
    printf ("  %s: %" G_GINT64_FORMAT, what, json_object_get_int_member (printer, member));
}

static void
say (JsonObject *printer)
{
  JsonArray *reasons = json_object_get_array_member (printer, "reasons");

  printf ("%-18s%s", json_object_get_string_member (printer, "name"),
          json_object_get_boolean_member (printer, "power") ? json_object_get_string_member (printer, "state") : _("off"));
  say_count (printer, "blanks", _("blanks"));
  say_count (printer, "ribbon", _("ribbon"));
  say_count (printer, "film", _("film"));
  say_count (printer, "output", _("output"));
  say_count (printer, "reject", _("rejected"));
  for (guint i = 0; i < json_array_get_length (reasons); i++)
    printf ("  %s", json_array_get_string_element (reasons, i));
  printf ("\n");
}

static void
print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  printf ("%s\n", text);
}

static gboolean
status (Desk               *desk,
        const char *const  *words,
        GError            **error)
{
  g_auto (GStrv) names = plt_demo_printer_list (desk->folder);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  for (int i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = describe (desk, names[i], error);

      if (node == NULL)
        return FALSE;
      json_array_add_element (array, node);
    }
  json_node_set_array (root, array);
  if (desk->options->json)
    print_json (root);
  else
    for (guint i = 0; i < json_array_get_length (array); i++)
      say (json_array_get_object_element (array, i));
  return TRUE;
}

static gboolean
power (Desk               *desk,
       const char *const  *words,
       GError            **error)
{
  gboolean on = g_strcmp0 (words[2], "on") == 0;

  if (!on && g_strcmp0 (words[2], "off") != 0)
    return fail_usage (error, _("Say whether the printer is switched on or off."));
  return (on || tell (desk, words[1], (const char *[]) { "status", NULL }, error)) &&
         plt_demo_printer_switch (desk->folder, words[1], on, error);
}

/* “load NAME …”, “unload NAME”: the word, then what is behind the name. */
static gboolean
pass_on (Desk               *desk,
         const char *const  *words,
         GError            **error)
{
  const char *said[] = { words[0], words[2], words[2] != NULL ? words[3] : NULL, NULL };

  return tell (desk, words[1], said, error);
}

/* Keywords of printer-state-reasons (RFC 8011 §5.4.12, PWG 5100.9) that stop a printer. */
static gboolean
are_keywords (const char *text)
{
  static const char *const known[] = {
    "media-empty", "media-needed", "media-low", "media-jam", "cover-open", "door-open", "interlock-open",
    "input-tray-missing", "output-tray-missing", "output-area-full", "output-area-almost-full", "marker-supply-empty",
    "marker-supply-low", "marker-waste-full", "marker-waste-almost-full", "toner-empty", "toner-low", "paused",
    "moving-to-paused", "spool-area-full", "timed-out", "shutdown", "offline-report", "other", NULL
  };
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (int i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (known, words[i]) && strchr (words[i], '.') == NULL)
      return FALSE;
  return words[0] != NULL;
}

static gboolean
set_chance (Desk        *desk,
            const char  *name,
            const char  *fault,
            GError     **error)
{
  char probability[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 given = desk->options->seed != PLT_DEMO_NOT_GIVEN ? desk->options->seed : 1;
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, given);
  const char *words[] = { "chance", fault, probability, seed, NULL };

  g_ascii_dtostr (probability, sizeof probability, desk->options->chance);
  return tell (desk, name, words, error);
}

static gboolean
fault (Desk               *desk,
       const char *const  *words,
       GError            **error)
{
  const char *name = words[1];
  const char *what = words[2];
  g_autofree char *at = g_strdup_printf ("%d", desk->options->at);

  if (g_str_equal (what, "none"))
    return tell (desk, name, (const char *[]) { "none", NULL }, error);
  if (desk->options->chance >= 0)
    return set_chance (desk, name, what, error);
  if (desk->options->at == PLT_DEMO_NOT_GIVEN && g_str_equal (what, "offline"))
    return tell (desk, name, (const char *[]) { "offline", "yes", NULL }, error);
  if (desk->options->at == PLT_DEMO_NOT_GIVEN && g_str_has_prefix (what, "slow:"))
    return tell (desk, name, (const char *[]) { "slow", what + strlen ("slow:"), NULL }, error);
  if (are_keywords (what))
    return tell (desk, name, (const char *[]) { "hold", what, NULL }, error);
  return tell (desk, name,
               (const char *[]) { "plan", what, desk->options->at != PLT_DEMO_NOT_GIVEN ? at : NULL, NULL }, error);
}

static gboolean
schedule (Desk               *desk,
          const char *const  *words,
          GError            **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) said = NULL;

  if (!g_file_get_contents (words[2], &text, NULL, error))
    return FALSE;
  g_strdelimit (text, "\t\r", ' ');
  lines = g_strsplit (text, "\n", -1);
  g_strv_builder_add (builder, "schedule");
  g_strv_builder_addv (builder, (const char **) lines);
  said = g_strv_builder_end (builder);
  return tell (desk, words[1], (const char *const *) said, error);
}

static JsonNode *
describe_plastic (const PltDemoPlastic *plastic)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "card", plastic->number);
  json_object_set_string_member (object, "printer", plastic->printer);
  json_object_set_string_member (object, "serial", plastic->serial);
  json_object_set_string_member (object, "hopper", plastic->hopper);
  json_object_set_string_member (object, "job_name", plastic->job_name);
  json_object_set_int_member (object, "job", plastic->job_id);
  json_object_set_boolean_member (object, "front", plastic->front);
  json_object_set_boolean_member (object, "back", plastic->back);
  json_object_set_string_member (object, "altered", plastic->alter);
  json_object_set_string_member (object, "tray", plastic->tray);
  json_node_take_object (node, object);
  return node;
}

static gboolean
cards (Desk               *desk,
       const char *const  *words,
       GError            **error)
{
  g_autoptr (GPtrArray) list = plt_demo_printer_list_plastic (desk->folder);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < list->len; i++)
    {
      const PltDemoPlastic *plastic = g_ptr_array_index (list, i);

      json_array_add_element (array, describe_plastic (plastic));
      if (!desk->options->json)
        printf ("%04d  %-18s%-11s%-8s%s%s  %s\n", plastic->number, plastic->printer, plastic->serial, plastic->tray,
                plastic->front ? _("front") : "-", plastic->back ? _("+back") : "", plastic->job_name);
    }
  json_node_set_array (root, array);
  if (desk->options->json)
    print_json (root);
  return TRUE;
}

/* Takes a card from the tray and looks at both sides. */
static gboolean
show (Desk               *desk,
      const char *const  *words,
      GError            **error)
{
  g_autoptr (GPtrArray) list = plt_demo_printer_list_plastic (desk->folder);
  g_autofree char *out = g_build_filename (desk->folder, "out", NULL);
  guint64 number = 0;

  if (desk->options->output == NULL)
    return fail_usage (error, _("Say where to write the pictures, with “-o FOLDER”."));
  g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXINT, &number, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const PltDemoPlastic *plastic = g_ptr_array_index (list, i);
      g_autoptr (JsonNode) node = NULL;

      if (plastic->number != (int) number)
        continue;
      node = describe_plastic (plastic);
      print_json (node);
      return plt_demo_plastic_draw (plastic, out, desk->options->output, error);
    }
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("There is no card %s. See “platen-demo printer cards”."), words[1]);
  return FALSE;
}

static const struct
{
  const char *word;
  Act         act;
  guint       n_min; /* words behind it */
  guint       n_max;
  const char *usage;
} acts[] = {
  { "start", start, 0, 20, "printer start [NAME …] [--instances N] [--scheduler NAME]" },
  { "stop", stop, 1, 20, "printer stop NAME …" },
  { "status", status, 0, 0, "printer status [--json]" },
  { "power", power, 2, 2, "printer power NAME on|off" },
  { "load", pass_on, 2, 3, "printer load NAME FIRST LAST|COUNT|ribbon CARDS|film CARDS" },
  { "unload", pass_on, 1, 1, "printer unload NAME" },
  { "empty", pass_on, 1, 1, "printer empty NAME" },
  { "clear", pass_on, 1, 1, "printer clear NAME" },
  { "speed", pass_on, 2, 2, "printer speed NAME SECONDS" },
  { "fault", fault, 2, 2, "printer fault NAME FAULT|none [--at N] [--chance P [--seed N]]" },
  { "schedule", schedule, 2, 2, "printer schedule NAME FILE" },
  { "cards", cards, 0, 0, "printer cards [--json]" },
  { "show", show, 1, 1, "printer show CARD -o FOLDER" },
};

gboolean
plt_demo_command_printer (PltDemoBox            *box,
                          const PltDemoOptions  *options,
                          char                 **arguments,
                          GError               **error)
{
  guint n_words = g_strv_length (arguments) - 1;
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);
  Desk desk = { box, options, folder };

  for (size_t i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (!g_str_equal (arguments[0], acts[i].word))
        continue;
      if (n_words >= acts[i].n_min && n_words <= acts[i].n_max)
        return plt_demo_box_require (box, error) && acts[i].act (&desk, (const char *const *) arguments, error);
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE, _("The command is used as “platen-demo %s”."),
                   acts[i].usage);
      return FALSE;
    }
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is nothing that one does with a printer. See platen-demo(1)."), arguments[0]);
  return FALSE;
}
