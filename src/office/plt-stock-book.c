/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the database says of the stock, and puts it into words. */
#include "plt-stock-book.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* So many runs of one account are written out; the rest are counted. */
#define MOST_RUNS 4

/* Places in the order in which stock goes through them; %s is who or what holds it. What a card is made of
 * already stands in its printer's account. */
static const struct
{
  const char *nick;
  const char *title;
} places[] = {
  { "received", N_("Not in the safe yet") },
  { "safe", N_("In the safe") },
  /* Translators: a login */
  { "custody", N_("In the custody of %s") },
  /* Translators: a printer */
  { "loaded", N_("Loaded into %s") },
  { "spoiled", N_("Spoiled, to be destroyed") },
  { "missing", N_("Missing") },
};

static const char * const kinds[] = { "blank", "ribbon", "film" };

static void
entry_free (PltStockEntry *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->number);
  g_free (self->stock_kind);
  g_free (self->place);
  g_free (self->holder);
  g_free (self->first);
  g_free (self->last);
  g_free (self);
}

static PltStockEntry *
add_entry (GPtrArray         *entries,
           PltStockEntryKind  kind)
{
  PltStockEntry *entry = g_new0 (PltStockEntry, 1);

  entry->kind = kind;
  g_ptr_array_add (entries, entry);
  return entry;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static int
get_int (JsonObject *object,
         const char *member)
{
  return (int) json_object_get_int_member_with_default (object, member, 0);
}

static JsonObject *
parse (const char  *json,
       JsonNode   **root,
       GError     **error)
{
  *root = json != NULL ? json_from_string (json, NULL) : NULL;
  if (*root != NULL && JSON_NODE_HOLDS_OBJECT (*root))
    return json_node_get_object (*root);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("The office database gave an answer that this version cannot read. Tell the "
                         "administrator."));
  return NULL;
}

/* "B00000001–B00000040", or one serial alone. */
static char *
dup_run (const char *first,
         const char *last)
{
  return g_strcmp0 (first, last) == 0 ? g_strdup (first) : g_strdup_printf ("%s–%s", first, last);
}

static char *
dup_items (const char *kind,
           int         items,
           int         makes)
{
  if (g_strcmp0 (kind, "ribbon") == 0)
    /* Translators: %d cards that the ribbons still make follow */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d ribbon, for %d cards", "%d ribbons, for %d cards",
                                         (gulong) items), items, makes);
  if (g_strcmp0 (kind, "film") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d film, for %d cards", "%d films, for %d cards",
                                         (gulong) items), items, makes);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d blank", "%d blanks", (gulong) items), items);
}

/* ---- what lies where ---- */

static char *
dup_place (const char *nick,
           const char *holder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      if (g_strcmp0 (places[i].nick, nick) == 0)
        return g_strdup_printf (_(places[i].title), holder != NULL ? holder : "—");
#pragma GCC diagnostic pop
    }
  return g_strdup (nick);
}

/* Returns: (transfer full): the place without what lies there, for who is to count it */
char *
plt_stock_place_dup_name (const PltStockEntry *place)
{
  g_autofree char *where = dup_place (place->place, place->holder);

  return g_strdup_printf ("%s · %s", where,
                          g_strcmp0 (place->stock_kind, "ribbon") == 0 ? _("Ribbons")
                          : g_strcmp0 (place->stock_kind, "film") == 0 ? _("Films") : _("Blanks"));
}

static gboolean
is_of (JsonObject *run,
       const char *kind,
       const char *place,
       const char *holder)
{
  return g_strcmp0 (get_text (run, "stock_kind"), kind) == 0 &&
         g_strcmp0 (get_text (run, "place"), place) == 0 &&
         g_strcmp0 (get_text (run, "holder"), holder) == 0;
}

static char *
dup_lot_run (JsonObject *run)
{
  g_autofree char *serials = dup_run (get_text (run, "first"), get_text (run, "last"));
  const char *lot = get_text (run, "lot");

  /* Translators: serials, and the lot that they are of */
  return lot != NULL ? g_strdup_printf (_("%s (lot %s)"), serials, lot) : g_steal_pointer (&serials);
}

/* All runs of one kind at one place are one account. */
static void
add_place (GPtrArray  *entries,
           JsonArray  *runs,
           const char *kind,
           const char *place,
           const char *holder)
{
  g_autoptr (GString) serials = g_string_new (NULL);
  PltStockEntry *entry = add_entry (entries, PLT_STOCK_ENTRY_PLACE);
  g_autofree char *where = dup_place (place, holder);
  g_autofree char *what = NULL;
  int n_runs = 0, items = 0, makes = 0;

  for (guint i = 0; i < json_array_get_length (runs); i++)
    {
      JsonObject *run = json_array_get_object_element (runs, i);
      g_autofree char *text = NULL;

      if (!is_of (run, kind, place, holder))
        continue;
      items += get_int (run, "items");
      makes += get_int (run, "makes");
      if (++n_runs > MOST_RUNS)
        continue;
      text = dup_lot_run (run);
      g_string_append_printf (serials, "%s%s", serials->len > 0 ? ", " : "", text);
      if (n_runs > 1)
        continue;
      entry->first = g_strdup (get_text (run, "first"));
      entry->last = g_strdup (get_text (run, "last"));
    }
  if (n_runs > MOST_RUNS)
    g_string_append_printf (serials, g_dngettext (GETTEXT_PACKAGE, " and %d more run", " and %d more runs",
                                                  (gulong) (n_runs - MOST_RUNS)), n_runs - MOST_RUNS);
  what = dup_items (kind, items, makes);
  entry->title = g_strdup_printf ("%s · %s", where, what);
  entry->subtitle = g_strdup (serials->str);
  entry->stock_kind = g_strdup (kind);
  entry->place = g_strdup (place);
  entry->holder = g_strdup (holder);
  entry->pressing = g_str_equal (place, "missing");
}

static void
add_places_of (GPtrArray  *entries,
               JsonArray  *runs,
               const char *place,
               const char *kind)
{
  g_autoptr (GHashTable) holders = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (runs); i++)
    {
      JsonObject *run = json_array_get_object_element (runs, i);
      const char *holder = get_text (run, "holder");

      if (is_of (run, kind, place, holder) &&
          g_hash_table_add (holders, (gpointer) (holder != NULL ? holder : "")))
        add_place (entries, runs, kind, place, holder);
    }
}

/* ---- the rest ---- */

static char *
dup_roll (JsonObject *printer,
          const char *roll,
          const char *left,
          const char *format)
{
  const char *serial = get_text (printer, roll);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return serial != NULL ? g_strdup_printf (format, serial, get_int (printer, left)) : g_strdup ("");
#pragma GCC diagnostic pop
}

static gboolean
is_used_up (JsonObject *printer)
{
  return get_int (printer, "remaining") == 0 ||
         (get_text (printer, "ribbon") != NULL && get_int (printer, "ribbon_left") == 0) ||
         (get_text (printer, "film") != NULL && get_int (printer, "film_left") == 0);
}

static void
add_printer (GPtrArray  *entries,
             JsonObject *printer)
{
  PltStockEntry *entry = add_entry (entries, PLT_STOCK_ENTRY_PRINTER);
  /* Translators: a ribbon’s serial */
  g_autofree char *ribbon = dup_roll (printer, "ribbon", "ribbon_left", _("\nRibbon %s: %d cards left"));
  /* Translators: a film’s serial */
  g_autofree char *film = dup_roll (printer, "film", "film_left", _("\nFilm %s: %d cards left"));

  entry->title = g_strdup (get_text (printer, "printer"));
  entry->holder = g_strdup (entry->title);
  /* Translators: the account of a printer, which always balances */
  entry->subtitle = g_strdup_printf (_("Loaded %d = left %d + made into cards %d + issued %d + spoiled %d + "
                                       "missing %d%s%s"),
                                     get_int (printer, "loaded"), get_int (printer, "remaining"),
                                     get_int (printer, "used"), get_int (printer, "issued"),
                                     get_int (printer, "spoiled"), get_int (printer, "missing"), ribbon, film);
  entry->pressing = is_used_up (printer);
}

static char *
dup_serials (JsonObject *count,
             const char *member)
{
  JsonArray *serials = json_object_get_array_member (count, member);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; serials != NULL && i < json_array_get_length (serials); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", json_array_get_string_element (serials, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_difference (GPtrArray  *entries,
                JsonObject *count)
{
  PltStockEntry *entry = add_entry (entries, PLT_STOCK_ENTRY_DIFFERENCE);
  g_autofree char *where = dup_place (get_text (count, "place"), get_text (count, "holder"));
  g_autofree char *missing = dup_serials (count, "missing");
  g_autofree char *surplus = dup_serials (count, "surplus");
  g_autoptr (GString) text = g_string_new (NULL);

  entry->number = g_strdup_printf ("%d", get_int (count, "number"));
  /* Translators: number of a count, and the place that was counted */
  entry->title = g_strdup_printf (_("Count %s · %s"), entry->number, where);
  g_string_append_printf (text, _("%s counted %d of %d."), get_text (count, "who"), get_int (count, "counted"),
                          get_int (count, "expected"));
  if (*missing != '\0')
    /* Translators: serials */
    g_string_append_printf (text, _(" Not found: %s."), missing);
  if (*surplus != '\0')
    /* Translators: serials */
    g_string_append_printf (text, _(" Not in the books: %s."), surplus);
  entry->subtitle = g_strdup (text->str);
  entry->pressing = TRUE;
}

static void
add_proposal (GPtrArray  *entries,
              JsonObject *proposal)
{
  PltStockEntry *entry = add_entry (entries, PLT_STOCK_ENTRY_PROPOSAL);
  g_autofree char *run = dup_run (get_text (proposal, "first"), get_text (proposal, "last"));
  const char *what = get_text (proposal, "what");

  entry->number = g_strdup_printf ("%d", get_int (proposal, "number"));
  entry->title = g_strdup_printf (g_strcmp0 (what, "destroy") == 0
                                    /* Translators: serials, and how many */
                                    ? _("Destroy %s (%d)")
                                    /* Translators: serials, and how many */
                                    : _("Explain %s (%d)"), run, get_int (proposal, "items"));
  /* Translators: who proposed it, and why */
  entry->subtitle = g_strdup_printf (_("%s: “%s”"), get_text (proposal, "proposed_by"),
                                     get_text (proposal, "reason"));
  entry->first = g_strdup (get_text (proposal, "first"));
  entry->last = g_strdup (get_text (proposal, "last"));
  entry->pressing = TRUE;
}

static void
add_all (GPtrArray  *entries,
         JsonObject *book,
         const char *member,
         void      (*add) (GPtrArray *, JsonObject *))
{
  JsonArray *array = json_object_get_array_member (book, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add (entries, json_array_get_object_element (array, i));
}

/**
 * plt_stock_book_parse:
 * @json: what PLT_STOCK_LIST answers
 *
 * Returns: (transfer full) (element-type PltStockEntry): what a person sees of it, in order
 */
GPtrArray *
plt_stock_book_parse (const char  *json,
                      GError     **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *book = parse (json, &root, error);
  GPtrArray *entries;
  JsonArray *runs;

  if (book == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  add_all (entries, book, "proposals", add_proposal);
  add_all (entries, book, "differences", add_difference);
  add_all (entries, book, "printers", add_printer);
  runs = json_object_get_array_member (book, "stock");
  for (gsize place = 0; runs != NULL && place < G_N_ELEMENTS (places); place++)
    for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
      add_places_of (entries, runs, places[place].nick, kinds[kind]);
  return entries;
}

/* ---- the stock meets the queue ---- */

static int
get_count (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? (int) json_node_get_int (node) : -1;
}

/* @json: what PLT_STOCK_LEFT answers; @left: (out): cleared by the caller */
gboolean
plt_stock_left_parse (const char    *json,
                      PltStockLeft  *left,
                      GError       **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = parse (json, &root, error);

  if (object == NULL)
    return FALSE;
  *left = (PltStockLeft) {
    .cards = get_count (object, "cards"), .ribbon = get_count (object, "ribbon_left"),
    .film = get_count (object, "film_left"), .waiting = get_count (object, "waiting"),
    .makes = get_count (object, "makes"),
    .warning = g_strdup (get_text (object, "warning")),
  };
  return TRUE;
}

void
plt_stock_left_clear (PltStockLeft *left)
{
  g_clear_pointer (&left->warning, g_free);
}

/* Returns: (transfer full): in one line, for every desk */
char *
plt_stock_left_describe (const PltStockLeft *left)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%d blank", "%d blanks", (gulong) left->cards),
                          left->cards);
  if (left->ribbon >= 0)
    /* Translators: for how many cards there is ribbon */
    g_string_append_printf (text, _(" · ribbon for %d"), left->ribbon);
  if (left->film >= 0)
    /* Translators: for how many cards there is film */
    g_string_append_printf (text, _(" · film for %d"), left->film);
  if (left->waiting == 0)
    g_string_append (text, _(" · nobody waits"));
  else
    /* Translators: people who wait for a card */
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %d waits", " · %d wait",
                                               (gulong) left->waiting), left->waiting);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
