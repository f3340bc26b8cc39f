/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scanner typed and what a person typed, told apart by when the keys came. */
#include "plt-burst.h"

#include <string.h>

#define SCANNER_MS 8
#define PERSON_MS 110

static guint32 now_ms;

static PltBurstAnswer
press (PltBurst *burst,
       gunichar  character,
       guint32   after_ms)
{
  PltBurstKey key = { now_ms += after_ms, character, character, FALSE };

  return plt_burst_press (burst, &key);
}

/* As the window does: a key that does not belong ends what was held; scans are collected. */
static void
feed (PltBurst   *burst,
      const char *text,
      guint32     after_ms,
      GPtrArray  *scans)
{
  for (; *text != '\0'; text = g_utf8_next_char (text), after_ms = SCANNER_MS)
    {
      g_auto (PltBurstText) scan = { NULL, NULL };

      if (press (burst, g_utf8_get_char (text), after_ms) != PLT_BURST_OVER)
        continue;
      if (plt_burst_finish (burst, &scan))
        g_ptr_array_add (scans, g_steal_pointer (&scan.text));
      press (burst, g_utf8_get_char (text), 0);
    }
}

static void
finish (PltBurst  *burst,
        GPtrArray *scans)
{
  g_auto (PltBurstText) scan = { NULL, NULL };

  if (plt_burst_finish (burst, &scan))
    g_ptr_array_add (scans, g_steal_pointer (&scan.text));
  g_assert_true (plt_burst_is_empty (burst));
}

/* The only scan in @text as a scanner types it; NULL: a person's. */
static char *
scan_of (const char *text)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

  now_ms += 1000;
  feed (burst, text, 1000, scans);
  finish (burst, scans);
  g_assert_cmpuint (scans->len, <=, 1);

  return scans->len == 1 ? g_strdup (scans->pdata[0]) : NULL;
}

static void
check_scan (const char *text)
{
  g_autofree char *scan = scan_of (text);

  g_assert_cmpstr (scan, ==, text);
}

static void
check_person (const char *text)
{
  g_autofree char *scan = scan_of (text);

  g_assert_null (scan);
}

static void
test_scans (void)
{
  g_autofree char *qr = g_strnfill (480, 'Q');

  check_scan ("10027182816\r");
  check_scan ("B00000017\r");
  check_scan ("B00000017\t");
  check_scan ("\x02" "B00000017\x03");
  check_scan ("\x02" "PE-CCXK-C9UF");
  check_scan ("Østergaard\r");
  check_scan ("Σωκράτης\r");
  check_scan ("]Q1UC-26-000123\r\n");
  check_scan ("@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\r");
  check_scan ("D1UTO10027182816<<<<<<<<<<<<<<\rOESTERGAARD<<ANNA\r");
  check_scan (qr);
  check_scan ("6BFOXN%TSMAHN-H9QCNX*M7");
}

/* Fast, but nothing says that it is a scan: programs that type for a person, and short codes. */
static void
test_typing_programs (void)
{
  check_person ("The applicant has gone.");
  check_person ("abc\r");
  check_person ("\r\r\r\r\r\r\r\r\r");
  check_person ("Andersson");
}

/* The same letters at the speed of hands: each key is given back before the next one comes. */
static void
test_person (void)
{
  static const char *const texts[] = { "10027182816\r", "UC-26-000123\r", "@ANSI 999999", "Østergaard\r" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PltBurst) burst = plt_burst_new ();
      PltBurstText scan = { NULL, NULL };

      now_ms += 1000;
      for (const char *at = texts[i]; *at != '\0'; at = g_utf8_next_char (at))
        {
          PltBurstAnswer answer = press (burst, g_utf8_get_char (at), PERSON_MS);

          g_assert_cmpint (answer, ==, *at == '\r' ? PLT_BURST_PASSED : PLT_BURST_HELD);
          g_assert_cmpuint (plt_burst_get_patience_ms (burst), <, 50);
          g_assert_false (plt_burst_finish (burst, &scan));
        }
    }
}

/* Two or three keys of a person's are as fast as a scanner's: rolled over, or struck at once. */
static void
test_rolls (void)
{
  static const guint32 gaps[] = { 90, 12, 140, 25, 18, 120, 30, 95, 9, 14, 160, 33, 28, 75, 130, 20 };
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 400; i++)
    {
      PltBurstKey key = { now_ms += gaps[i % G_N_ELEMENTS (gaps)], 'a' + i % 26, 'a' + i % 26, FALSE };

      if (i % 37 == 36)
        key.character = key.us_character = '\r';
      if (plt_burst_press (burst, &key) == PLT_BURST_OVER)
        finish (burst, scans);
    }
  finish (burst, scans);

  g_assert_cmpuint (scans->len, ==, 0);
}

/* A person who goes on behind a burst is not kept waiting for the end of it. */
static void
test_types_on (void)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  guint n_held = 0;

  feed (burst, "abcdefg", 1000, scans);
  while (press (burst, 'h', PERSON_MS) == PLT_BURST_HELD)
    n_held++;

  g_assert_cmpuint (n_held, <=, 3);
  finish (burst, scans);
  g_assert_cmpuint (scans->len, ==, 0);
}

static void
test_held_down (void)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  PltBurstText scan = { NULL, NULL };
  PltBurstKey key = { now_ms += 1000, 'A', 'A', FALSE };

  g_assert_cmpint (plt_burst_press (burst, &key), ==, PLT_BURST_HELD);
  key.repeated = TRUE;
  for (guint i = 0; i < 200; i++)
    {
      key.time_ms = now_ms += 30;
      g_assert_cmpint (plt_burst_press (burst, &key), ==, i == 0 ? PLT_BURST_OVER : PLT_BURST_PASSED);
      g_assert_false (plt_burst_finish (burst, &scan));
    }
}

/* Broken off in the middle: what had come is one scan, what comes later another, or none at all. */
static void
test_cut (void)
{
  static const char text[] = "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nDCSANDERSSON\rDACANNA\r";

  for (gsize cut = 12; cut < strlen (text); cut++)
    {
      g_autoptr (PltBurst) burst = plt_burst_new ();
      g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *head = g_strndup (text, cut);

      feed (burst, head, 1000, scans);
      feed (burst, text + cut, 450, scans);
      finish (burst, scans);
      g_assert_cmpuint (scans->len, >=, 1);
      g_assert_cmpstr (scans->pdata[0], ==, head);
    }
}

/* A key that a busy machine held back for a tenth of a second does not cut it. */
static void
test_hiccup (void)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

  feed (burst, "UC-26-00", 1000, scans);
  feed (burst, "0123\r", 110, scans);
  finish (burst, scans);

  g_assert_cmpuint (scans->len, ==, 1);
  g_assert_cmpstr (scans->pdata[0], ==, "UC-26-000123\r");
}

static void
test_two (void)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

  feed (burst, "UC-26-000123\r", 1000, scans);
  feed (burst, "UC-26-000124\r", 200, scans);
  feed (burst, "a", 200, scans);
  feed (burst, "10027182816\r", 200, scans);
  finish (burst, scans);

  g_assert_cmpuint (scans->len, ==, 3);
  g_assert_cmpstr (scans->pdata[0], ==, "UC-26-000123\r");
  g_assert_cmpstr (scans->pdata[1], ==, "UC-26-000124\r");
  g_assert_cmpstr (scans->pdata[2], ==, "10027182816\r");
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("@\n\x1e\rANSI 999999100201DL00310020DL");
  g_autofree char *endless = g_strnfill (3 * PLT_BURST_MOST_CHARACTERS, '7');
  g_autofree char *found = NULL;

  while (text->len < 1799)
    g_string_append_printf (text, "DA%c%u\n", 'A' + (char) (text->len % 26), (guint) text->len);
  g_string_truncate (text, 1799);
  g_string_append_c (text, '\r');
  check_scan (text->str);

  found = scan_of (endless);
  g_assert_cmpuint (strlen (found), ==, PLT_BURST_MOST_CHARACTERS);
}

/* What is certain needs its keys no more, and nothing can turn it into typing. */
static void
test_certain (void)
{
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

  feed (burst, "@\n\x1e\rA", 1000, scans);
  g_assert_false (plt_burst_is_certain (burst));
  feed (burst, "NSI 9", SCANNER_MS, scans);
  g_assert_true (plt_burst_is_certain (burst));
  finish (burst, scans);
  g_assert_cmpuint (scans->len, ==, 1);
}

/* The display's clock goes round every seven weeks. */
static void
test_clock (void)
{
  now_ms = G_MAXUINT32 - 1000 - 4 * SCANNER_MS;
  check_scan ("UC-26-000123\r");
  now_ms = 1000;
}

/* A German keyboard with a scanner that was delivered for a North American one. */
static void
test_layouts (void)
{
  static const struct { guint code; gboolean shift; gunichar german; } keys[] = {
    { 30, TRUE, 'U' }, { 54, TRUE, 'C' }, { 20, FALSE, 0xDF }, { 11, FALSE, '2' }, { 15, FALSE, '6' },
    { 20, FALSE, 0xDF }, { 29, TRUE, 'Z' }, { 11, TRUE, '"' }, { 21, FALSE, 0 }, { 65, FALSE, ' ' },
  };
  g_autoptr (PltBurst) burst = plt_burst_new ();
  g_auto (PltBurstText) scan = { NULL, NULL };
  PltBurstKey enter = { 0, '\r', '\r', FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      PltBurstKey key = { now_ms += SCANNER_MS, keys[i].german,
                          plt_burst_get_us_character (keys[i].code, keys[i].shift), FALSE };

      g_assert_cmpint (plt_burst_press (burst, &key), ==, PLT_BURST_HELD);
    }
  enter.time_ms = now_ms += SCANNER_MS;
  plt_burst_press (burst, &enter);

  g_assert_true (plt_burst_finish (burst, &scan));
  g_assert_cmpstr (scan.text, ==, "UC\303\23726\303\237Z\"= \r");
  g_assert_cmpstr (scan.us_text, ==, "UC-26-Y@= \r");
}

static void
test_us_keys (void)
{
  g_assert_cmpint (plt_burst_get_us_character (10, FALSE), ==, '1');
  g_assert_cmpint (plt_burst_get_us_character (19, TRUE), ==, ')');
  g_assert_cmpint (plt_burst_get_us_character (35, TRUE), ==, '}');
  g_assert_cmpint (plt_burst_get_us_character (49, FALSE), ==, '`');
  g_assert_cmpint (plt_burst_get_us_character (61, TRUE), ==, '?');
  for (guint code = 0; code < 300; code++)
    {
      gboolean is_one = (code >= 10 && code <= 21) || (code >= 24 && code <= 35) ||
                        (code >= 38 && code <= 49) || (code >= 51 && code <= 61) || code == 65;

      g_assert_cmpint (plt_burst_get_us_character (code, FALSE) != 0, ==, is_one);
      g_assert_cmpint (plt_burst_get_us_character (code, TRUE) != 0, ==, is_one);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/burst/scans", test_scans);
  g_test_add_func ("/app/burst/typing-programs", test_typing_programs);
  g_test_add_func ("/app/burst/person", test_person);
  g_test_add_func ("/app/burst/rolls", test_rolls);
  g_test_add_func ("/app/burst/types-on", test_types_on);
  g_test_add_func ("/app/burst/held-down", test_held_down);
  g_test_add_func ("/app/burst/cut", test_cut);
  g_test_add_func ("/app/burst/hiccup", test_hiccup);
  g_test_add_func ("/app/burst/two", test_two);
  g_test_add_func ("/app/burst/long", test_long);
  g_test_add_func ("/app/burst/certain", test_certain);
  g_test_add_func ("/app/burst/clock", test_clock);
  g_test_add_func ("/app/burst/layouts", test_layouts);
  g_test_add_func ("/app/burst/us-keys", test_us_keys);

  return g_test_run ();
}
