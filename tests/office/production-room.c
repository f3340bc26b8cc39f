/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "production-room.h"

#include "plt-production.h"

PrintOffice *room;

char *
room_query (const char *sql)
{
  return plt_test_cluster_query (office_cluster (), office_database (), sql);
}

void
room_assert (const char *sql,
             const char *expected)
{
  g_autofree char *found = room_query (sql);
  g_assert_cmpstr (found, ==, expected);
}

PltOffice *
room_sign_in (void)
{
  g_autofree char *scheduler = plt_demo_printer_get_scheduler (room->folder);
  return office_sign_in_with ("chen", scheduler);
}

PltCard *
room_print (PltOffice   *office,
            const char  *number,
            const char  *destination,
            GError     **error)
{
  OfficeCall call = { NULL };

  plt_production_print_async (office, number, destination, NULL, office_called_cb, &call);
  PltCard *card = plt_production_print_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return card;
}
