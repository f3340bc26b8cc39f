/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes. A scheduler that gets a job for a class sends it to another member by itself when the
 * first one fails ("Retrying job on another printer"), and a card may come twice. So a class is only
 * a name for its members here: one of them is chosen, and the job is sent to that. */
#include "plt-printer-private.h"

#include <glib/gi18n-lib.h>

#include "plt-printer-supply.h"

/**
 * plt_printers_find:
 * @printers: (element-type PltPrinter): as plt_print_server_list_finish() gives them
 *
 * Returns: (transfer none) (nullable)
 */
PltPrinter *
plt_printers_find (GPtrArray  *printers,
                   const char *destination)
{
  for (guint i = 0; i < printers->len; i++)
    if (g_strcmp0 (plt_printer_get_destination (printers->pdata[i]), destination) == 0)
      return printers->pdata[i];
  return NULL;
}

/* Returns: (nullable): how the printer calls its ribbon */
static const char *
find_ribbon (PltPrinter *printer)
{
  g_autoptr (GListModel) supplies = NULL;

  g_object_get (printer, "supplies", &supplies, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (supplies); i++)
    {
      g_autoptr (PltPrinterSupply) supply = g_list_model_get_item (supplies, i);

      /* The printer holds it. */
      if (g_str_equal (plt_printer_supply_get_kind (supply), "ribbon"))
        return plt_printer_supply_get_title (supply);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable) */
static char *
judge_members (GPtrArray         *printers,
               const char *const *members)
{
  const char *ribbon = NULL;
  g_autofree char *problem = NULL;

  for (guint i = 0; members[i] != NULL; i++)
    {
      PltPrinter *member = plt_printers_find (printers, members[i]);
      const char *its_ribbon = member != NULL ? find_ribbon (member) : NULL;

      if (member == NULL)
        return g_strdup_printf (_("Its member “%s” is not there. The administrator takes it out of the "
                                  "class."), members[i]);
      g_clear_pointer (&problem, g_free);
      g_object_get (member, "unsuitable-reason", &problem, NULL);
      if (problem != NULL)
        /* Translators: a printer of a class, then what is wrong with it, as sentences. */
        return g_strdup_printf (_("Its member “%s”: %s"), members[i], problem);
      if (ribbon != NULL && its_ribbon != NULL && !g_str_equal (ribbon, its_ribbon))
        return g_strdup_printf (_("Its members have different ribbons, “%s” and “%s”, and cards of one "
                                  "class must be alike. The administrator makes a class for each."),
                                ribbon, its_ribbon);
      ribbon = ribbon != NULL ? ribbon : its_ribbon;
    }
  return members[0] != NULL ? NULL
                            : g_strdup (_("The class has no members. The administrator adds printers "
                                          "to it."));
}

/* Completes what is known of classes by their members, and the other way round. */
void
plt_print_classes_judge (GPtrArray *printers)
{
  for (guint i = 0; i < printers->len; i++)
    {
      PltPrinter *class_printer = printers->pdata[i];
      const char *const *members = plt_printer_get_members (class_printer);
      g_autofree char *problem = NULL;

      if (members == NULL)
        continue;
      problem = judge_members (printers, members);
      if (problem != NULL)
        plt_printer_refuse (class_printer, problem);
      for (guint at = 0; members[at] != NULL; at++)
        {
          PltPrinter *member = plt_printers_find (printers, members[at]);

          if (member != NULL)
            plt_printer_add_class (member, plt_printer_get_destination (class_printer));
        }
    }
}

/* What is on its way comes before what is printing; a stopped one never comes. */
static int
rank (PltPrinter *printer)
{
  int state, n_jobs, severity;
  gboolean accepting;

  g_object_get (printer, "state", &state, "jobs", &n_jobs, "accepting", &accepting, "severity",
                &severity, NULL);
  if (!accepting || state == PLT_PRINTER_STATE_STOPPED || severity >= 3
      || !plt_printer_is_suitable (printer))
    return -1;
  return n_jobs * 2 + (state == PLT_PRINTER_STATE_PROCESSING ? 1 : 0);
}

/**
 * plt_printers_choose_member:
 * @printers: (element-type PltPrinter): all, as plt_print_server_list_finish() gives them
 * @destination: a queue or a class
 * @weigh: (nullable): cards that a printer could still make by its stock and its ribbon, −1 for
 *   unknown; 0 keeps it out. Without it only what it is doing counts
 *
 * The member with the least to do, among equals the one with the most left.
 *
 * Returns: (transfer none) (nullable): its name; @destination itself if that is no class; NULL when
 *   none can print now
 */
const char *
plt_printers_choose_member (GPtrArray          *printers,
                            const char         *destination,
                            PltPrinterWeighFunc weigh,
                            gpointer            user_data)
{
  PltPrinter *printer = plt_printers_find (printers, destination);
  const char *const *members = printer != NULL ? plt_printer_get_members (printer) : NULL;
  PltPrinter *best = NULL;
  int best_rank = 0, best_left = 0;

  if (printer == NULL || members == NULL)
    return printer != NULL ? plt_printer_get_destination (printer) : NULL;
  for (guint i = 0; members[i] != NULL; i++)
    {
      PltPrinter *member = plt_printers_find (printers, members[i]);
      int its_rank = member != NULL ? rank (member) : -1;
      int left = weigh != NULL && its_rank >= 0 ? weigh (member, user_data) : -1;

      if (its_rank < 0 || left == 0)
        continue;
      if (best == NULL || its_rank < best_rank || (its_rank == best_rank && left > best_left))
        {
          best = member;
          best_rank = its_rank;
          best_left = left;
        }
    }
  return best != NULL ? plt_printer_get_destination (best) : NULL;
}
