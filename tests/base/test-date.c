/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar dates: what is read, what is refused, and how years are counted. */
#include "plt-date.h"

static PltDate
read_date (const char *text)
{
  PltDate date = { 0 };

  if (text != NULL)
    g_assert_true (plt_date_parse_iso (text, &date));

  return date;
}

static void
assert_iso (PltDate     date,
            const char *expected)
{
  g_autofree char *text = plt_date_to_iso (date);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_refuses (void)
{
  static const char * const texts[] = {
    NULL, "", "2026-1-01", "2026-01-1", " 2026-01-01", "2026-01-01 ", "2026-01-01T00:00:00Z",
    "26-01-01", "20260101", "2026/01/01", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32",
    "2026-04-31", "0000-01-01", "-001-01-01", "+026-01-01", "2026-01-0x", "２026-01-01",
    "2025-02-29", /* a common year */
    "1900-02-29", /* a century */
    "2100-02-29",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      PltDate date = { 1, 2, 3 };

      g_assert_false (plt_date_parse_iso (texts[i], &date));
      g_assert_cmpint (date.year, ==, 1); /* untouched */
    }
}

static void
test_writes (void)
{
  PltDate date = read_date ("2024-02-29");
  g_autofree char *card = plt_date_to_card (date);
  g_autofree char *compact = plt_date_to_compact (date);
  g_autofree char *display = plt_date_to_display (date);
  g_autofree char *none = plt_date_to_card ((PltDate) { 0 });

  assert_iso (date, "2024-02-29");
  assert_iso (read_date ("2000-02-29"), "2000-02-29");
  assert_iso (read_date ("0001-01-01"), "0001-01-01");
  assert_iso ((PltDate) { 0 }, NULL);
  g_assert_cmpstr (card, ==, "29.02.2024");
  g_assert_cmpstr (compact, ==, "20240229");
  g_assert_cmpstr (display, ==, "29 February 2024");
  g_assert_cmpstr (none, ==, "");
}

static void
test_add_years (void)
{
  static const struct
  {
    const char *from;
    int         years;
    const char *to;
  } rows[] = {
    { "2026-07-01", 10, "2036-07-01" },
    { "2026-07-01", -10, "2016-07-01" },
    { "2024-02-29", 4, "2028-02-29" },
    /* never a day longer */
    { "2024-02-29", 1, "2025-02-28" },
    { "2024-02-29", -1, "2023-02-28" },
    { "2000-02-29", 100, "2100-02-28" },
    { "9999-01-01", 1, NULL },
    { "0001-01-01", -1, NULL },
    { "2000-01-01", G_MAXINT, NULL },
    { NULL, 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_iso (plt_date_add_years (read_date (rows[i].from), rows[i].years), rows[i].to);
}

static void
test_add_days (void)
{
  static const struct
  {
    const char *from;
    int         days;
    const char *to;
  } rows[] = {
    { "2024-02-28", 1, "2024-02-29" }, { "2025-02-28", 1, "2025-03-01" },
    { "2026-01-01", -1, "2025-12-31" }, { "2026-01-01", 365, "2027-01-01" },
    { "9999-12-31", 1, NULL },         { "0001-01-01", -1, NULL },
    { "2026-01-01", G_MININT, NULL },  { NULL, 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_iso (plt_date_add_days (read_date (rows[i].from), rows[i].days), rows[i].to);
}

static void
test_years_between (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    int         years;
  } rows[] = {
    /* the day before the birthday and the day itself */
    { "2008-11-21", "2026-11-20", 17 },
    { "2008-11-21", "2026-11-21", 18 },
    /* born on 29 February: by the rule of add_years */
    { "2008-02-29", "2026-02-27", 17 },
    { "2008-02-29", "2026-02-28", 18 },
    { "2008-02-29", "2028-02-28", 19 },
    { "2008-02-29", "2028-02-29", 20 },
    { "2026-11-21", "2008-11-21", -18 },
    { "2026-11-21", "2026-11-21", 0 },
    { NULL, "2026-11-21", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (plt_date_years_between (read_date (rows[i].from), read_date (rows[i].to)), ==,
                     rows[i].years);
}

static void
test_order (void)
{
  g_assert_cmpint (plt_date_compare (read_date ("2025-12-31"), read_date ("2026-01-01")), <, 0);
  g_assert_cmpint (plt_date_compare (read_date ("2026-02-01"), read_date ("2026-01-31")), >, 0);
  g_assert_cmpint (plt_date_compare (read_date ("2026-02-01"), read_date ("2026-02-01")), ==, 0);
  g_assert_cmpint (plt_date_compare ((PltDate) { 0 }, read_date ("0001-01-01")), <, 0);
  g_assert_cmpint (plt_date_to_unix (read_date ("1970-01-01")), ==, 0);
  g_assert_cmpint (plt_date_to_unix (read_date ("2000-03-01")), ==, 951868800);
  g_assert_cmpint (plt_date_to_unix (read_date ("1969-12-31")), ==, -86400);
  g_assert_true (plt_date_is_set (plt_date_today ()));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/date/refuses", test_refuses);
  g_test_add_func ("/base/date/writes", test_writes);
  g_test_add_func ("/base/date/add-years", test_add_years);
  g_test_add_func ("/base/date/add-days", test_add_days);
  g_test_add_func ("/base/date/years-between", test_years_between);
  g_test_add_func ("/base/date/order", test_order);

  return g_test_run ();
}
