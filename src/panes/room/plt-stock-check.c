/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words what is wrong with what was typed about the stock, and what was done with it. */
#include "plt-stock-check.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* As the database has it: api.receive_stock() and its like. */
#define MOST_OF_RUN 100000

static const char * const captions[PLT_N_STOCK_FIELDS] = {
  [PLT_STOCK_FIELD_PRINTER] = N_("Printer"),
  [PLT_STOCK_FIELD_PLACE] = N_("What is counted"),
  [PLT_STOCK_FIELD_RIGHT] = N_("What is right"),
  [PLT_STOCK_FIELD_FIRST] = N_("First serial"),
  [PLT_STOCK_FIELD_LAST] = N_("Last serial (empty: the first alone)"),
  [PLT_STOCK_FIELD_CARDS] = N_("Cards that each ribbon or film makes (blanks: empty)"),
  [PLT_STOCK_FIELD_LOT] = N_("Lot (if known)"),
  [PLT_STOCK_FIELD_NOTE] = N_("Number of the delivery note (if any)"),
  [PLT_STOCK_FIELD_TARGET] = N_("Where to"),
  [PLT_STOCK_FIELD_FOUND] = N_("Found there (serial or run, then Enter)"),
  [PLT_STOCK_FIELD_REASON] = N_("Reason"),
};

#define BIT(field) (1U << PLT_STOCK_FIELD_##field)

static const guint fields[] = {
  [PLT_STOCK_RECEIVE] = BIT (FIRST) | BIT (LAST) | BIT (CARDS) | BIT (LOT) | BIT (NOTE),
  [PLT_STOCK_MOVE] = BIT (FIRST) | BIT (LAST) | BIT (TARGET) | BIT (REASON),
  [PLT_STOCK_LOAD] = BIT (PRINTER) | BIT (FIRST) | BIT (LAST),
  [PLT_STOCK_UNLOAD] = BIT (PRINTER) | BIT (FIRST) | BIT (LAST),
  [PLT_STOCK_COUNT] = BIT (PLACE) | BIT (FOUND),
  [PLT_STOCK_DESTROY] = BIT (FIRST) | BIT (LAST) | BIT (REASON),
  [PLT_STOCK_EXPLAIN] = BIT (RIGHT) | BIT (REASON),
};

const char *
plt_stock_check_get_caption (PltStockField field)
{
  g_return_val_if_fail (field < PLT_N_STOCK_FIELDS, NULL);

  return _(captions[field]);
}

gboolean
plt_stock_check_has_field (PltStockAct   act,
                           PltStockField field)
{
  return act < G_N_ELEMENTS (fields) && (fields[act] & (1U << field)) != 0;
}

/* A letter and eight digits, in whatever case and with blanks around it. */
static gboolean
read_serial (const char *text,
             char       *letter,
             int        *number)
{
  g_autofree char *serial = g_strstrip (g_ascii_strup (text, -1));

  if (!g_regex_match_simple ("^[BRF][0-9]{8}$", serial, 0, 0))
    return FALSE;
  *letter = serial[0];
  *number = (int) g_ascii_strtoll (serial + 1, NULL, 10);
  return TRUE;
}

static char *
dup_no_serial (const char *text)
{
  if (*text == '\0')
    return g_strdup (_("Scan or type the first serial."));
  return g_strdup_printf (_("“%s” is no serial. A blank’s is B, a ribbon’s R, a film’s F, with eight digits."),
                          text);
}

/* Returns: (transfer full) (nullable): what is wrong with the two ends of a run */
static char *
check_ends (const char *first,
            const char *last,
            gboolean   *last_is_wrong)
{
  char letter, last_letter;
  int from, to;

  *last_is_wrong = FALSE;
  if (!read_serial (first, &letter, &from))
    return dup_no_serial (first);
  if (*last == '\0')
    return NULL;
  *last_is_wrong = TRUE;
  if (!read_serial (last, &last_letter, &to))
    return dup_no_serial (last);
  if (letter != last_letter)
    return g_strdup (_("Both serials begin with the same letter: blanks, ribbons and films are not mixed."));
  if (to < from)
    return g_strdup (_("The last serial is lower than the first. Exchange them."));
  if (to - from + 1 > MOST_OF_RUN)
    return g_strdup_printf (_("A run has at most %d serials. Read both again."), MOST_OF_RUN);
  return NULL;
}

/* @text: a serial, or two with a hyphen between them
 * Returns: (transfer full) (nullable): what is wrong with it */
char *
plt_stock_check_run (const char *text)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  gboolean last_is_wrong;

  return check_ends (ends[0] != NULL ? ends[0] : "", ends[0] != NULL && ends[1] != NULL ? ends[1] : "",
                     &last_is_wrong);
}

static char *
check_cards (const char *first,
             const char *cards)
{
  gint64 number = 0;
  gboolean is_blank = g_ascii_toupper (first[strspn (first, " ")]) == 'B';

  if (is_blank && *cards == '\0')
    return NULL;
  if (is_blank)
    return g_strdup (_("A blank makes one card. Leave this empty."));
  if (!g_ascii_string_to_signed (cards, 10, 1, MOST_OF_RUN, &number, NULL))
    return g_strdup_printf (_("Say how many cards each makes, 1 to %d. It stands on the packing."), MOST_OF_RUN);
  return NULL;
}

/**
 * plt_stock_check_typed:
 * @wrong: (out): at which field it is to be said
 *
 * Returns: (transfer full) (nullable): what is wrong with what was typed
 */
char *
plt_stock_check_typed (PltStockAct          act,
                       const PltStockTyped *typed,
                       PltStockField       *wrong)
{
  gboolean last_is_wrong = FALSE;
  char *trouble = NULL;

  if (plt_stock_check_has_field (act, PLT_STOCK_FIELD_FIRST))
    trouble = check_ends (typed->first, typed->last, &last_is_wrong);
  *wrong = last_is_wrong ? PLT_STOCK_FIELD_LAST : PLT_STOCK_FIELD_FIRST;
  if (trouble != NULL)
    return trouble;
  *wrong = PLT_STOCK_FIELD_CARDS;
  if (act == PLT_STOCK_RECEIVE && (trouble = check_cards (typed->first, typed->cards)) != NULL)
    return trouble;
  *wrong = PLT_STOCK_FIELD_REASON;
  if (plt_stock_check_has_field (act, PLT_STOCK_FIELD_REASON) && typed->needs_reason &&
      strspn (typed->reason, " ") == strlen (typed->reason))
    return g_strdup (_("Say why."));
  return NULL;
}

static char *
dup_counted (JsonObject *answer)
{
  int missing = (int) json_array_get_length (json_object_get_array_member (answer, "missing"));
  int surplus = (int) json_array_get_length (json_object_get_array_member (answer, "surplus"));

  if (missing + surplus == 0)
    return g_strdup (_("The count is as the books."));
  return g_strdup_printf (_("The count differs: %d not found, %d not in the books. Explain it."), missing,
                          surplus);
}

/* Returns: (transfer full): what was done. @json: the answer of the database */
char *
plt_stock_check_describe (PltStockAct  act,
                          const char  *json)
{
  g_autoptr (JsonNode) root = json_from_string (json != NULL ? json : "{}", NULL);
  JsonObject *answer = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  int items = answer != NULL ? (int) json_object_get_int_member_with_default (answer, "items", 0) : 0;

  switch (act)
    {
    case PLT_STOCK_COUNT:
      return answer != NULL ? dup_counted (answer) : g_strdup ("");
    case PLT_STOCK_DESTROY:
    case PLT_STOCK_EXPLAIN:
      return g_strdup (_("It was proposed. A colleague confirms it."));
    case PLT_STOCK_RECEIVE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d was received.", "%d were received.",
                                           (gulong) items), items);
    case PLT_STOCK_LOAD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d was loaded.", "%d were loaded.",
                                           (gulong) items), items);
    case PLT_STOCK_UNLOAD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d was unloaded.", "%d were unloaded.",
                                           (gulong) items), items);
    case PLT_STOCK_CONFIRM:
      return g_strdup (_("It was confirmed."));
    case PLT_STOCK_REFUSE:
      return g_strdup (_("It was refused, and nothing was changed."));
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d was moved.", "%d were moved.",
                                           (gulong) items), items);
    }
}
