/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ages for narrow columns and badges. */
#include "plt-age.h"

#include <glib/gi18n-lib.h>

/**
 * plt_age_to_display:
 * @since: (nullable): a moment; one that is still to come counts as now
 *
 * Returns: (transfer full) (nullable): minutes, hours or days, or %NULL for no moment
 */
char *
plt_age_to_display (GDateTime *since)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 minutes;

  if (since == NULL)
    return NULL;
  minutes = g_date_time_difference (now, since) / G_TIME_SPAN_MINUTE;
  if (minutes < 1)
    /* Translators: how old an application or an answer is: less than a minute */
    return g_strdup (C_("age", "now"));
  if (minutes < 60)
    /* Translators: how old it is in minutes, shortened for a narrow column */
    return g_strdup_printf (C_("age", "%d min"), (int) minutes);
  if (minutes < 24 * 60)
    /* Translators: how old it is in hours, shortened for a narrow column */
    return g_strdup_printf (C_("age", "%d h"), (int) (minutes / 60));

  /* Translators: how old it is in days, shortened for a narrow column */
  return g_strdup_printf (C_("age", "%d d"), (int) MIN (minutes / (24 * 60), G_MAXINT));
}
