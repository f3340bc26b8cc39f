/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a scan leads. */
#include "plt-scan.h"

#include "plt-id-number.h"
#include "plt-serial-scanner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define AAMVA "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nDCSANDERSSON\r"

static void
check (const char    *text,
       const char    *us_text,
       gboolean       card_waits,
       PltScanKind    kind,
       PltCommandKind command,
       const char    *key)
{
  const PltBurstText burst = { (char *) text, (char *) us_text };
  g_auto (PltScan) scan = { .kind = PLT_SCAN_COMMAND };
  g_autoptr (GError) error = NULL;

  g_assert_true (plt_scan_route (&burst, card_waits, &scan, &error));
  g_assert_no_error (error);
  g_assert_cmpint (scan.kind, ==, kind);
  if (kind == PLT_SCAN_COMMAND)
    g_assert_cmpint (scan.command.kind, ==, command);
  g_assert_cmpstr (kind == PLT_SCAN_COMMAND ? scan.command.key : scan.text, ==, key);
}

static void
check_command (const char     *text,
               PltCommandKind  command,
               const char     *key)
{
  check (text, text, FALSE, PLT_SCAN_COMMAND, command, key);
  check (text, text, TRUE, PLT_SCAN_COMMAND, command, key);
}

static void
test_commands (void)
{
  g_autofree char *id = g_strdup_printf ("1002718281%d", plt_id_number_check_digit ("1002718281"));
  g_autofree char *line = g_strconcat ("REN ", id, "\r", NULL);

  check_command ("UC-26-000123\r", PLT_COMMAND_APPLICATION, "UC-26-000123");
  check_command ("]C1UC-26-C000017\r\n", PLT_COMMAND_CARD, "UC-26-C000017");
  check_command ("\x02" "B00000017\x03\r", PLT_COMMAND_CARD, "B00000017");
  check_command ("https://pre.example/apply?code=PE-CCXK-C9UF\t", PLT_COMMAND_PREPARED, "PECCXKC9UF");
  check_command (line, PLT_COMMAND_START, id);
  check_command ("Østergaard\r", PLT_COMMAND_FIND, "Østergaard");
  check_command ("]Q1", PLT_COMMAND_FIND, "]Q1");
}

static void
test_cards (void)
{
  g_autofree char *qr = g_strnfill (300, 'Q');
  g_autofree char *ended = g_strconcat ("]Q1", qr, "\r", NULL);
  g_autofree char *damaged = g_strnfill (300, 'q');

  check (AAMVA, AAMVA, TRUE, PLT_SCAN_READ_BACK, 0, "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nDCSANDERSSON");
  check (AAMVA, AAMVA, FALSE, PLT_SCAN_VERIFY, 0, "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nDCSANDERSSON");
  check (ended, ended, TRUE, PLT_SCAN_READ_BACK, 0, qr);
  check (ended, ended, FALSE, PLT_SCAN_VERIFY, 0, qr);
  check (damaged, damaged, TRUE, PLT_SCAN_READ_BACK, 0, damaged);
}

/* Neither a number nor a name: the machine-readable zone, the rest of a scan that was cut. */
static void
test_anything_else (void)
{
  check ("D1UTO1002<<\rANDERSSON<<ANNA\r", "D1UTO1002<<\rANDERSSON<<ANNA\r", FALSE, PLT_SCAN_VERIFY, 0,
         "D1UTO1002<<\rANDERSSON<<ANNA");
  check ("D1UTOU371828170361121LINDQVIS8\r", "D1UTOU371828170361121LINDQVIS8\r", FALSE, PLT_SCAN_VERIFY, 0,
         "D1UTOU371828170361121LINDQVIS8");
  /* A card that waits is not read back by it; on German keys the filler of a North American scanner is another. */
  check ("D1UTO12345678;1;;;;;;;;;;;;;;5", "D1UTO12345678<1<<<<<<<<<<<<<<5", TRUE, PLT_SCAN_VERIFY, 0,
         "D1UTO12345678<1<<<<<<<<<<<<<<5");
  check (";636000123=3611?\r", ";636000123=3611?\r", TRUE, PLT_SCAN_VERIFY, 0, ";636000123=3611?");
  check ("MAXIMILIANA-ALEXANDRINA BARTHO\r", "MAXIMILIANA-ALEXANDRINA BARTHO\r", FALSE, PLT_SCAN_COMMAND,
         PLT_COMMAND_FIND, "MAXIMILIANA-ALEXANDRINA BARTHO");
  check ("AUOAKS\rDACANNA\r", "AUOAKS\rDACANNA\r", TRUE, PLT_SCAN_READ_BACK, 0, "AUOAKS\rDACANNA");
}

/* The layout in use is believed unless what it gives is nothing, and the other reading is something. */
static void
test_layouts (void)
{
  g_autofree char *base45 = g_strnfill (200, ':');
  g_autofree char *german = g_strnfill (200, ';');

  check ("UC\303\23726\303\237000123\r", "UC-26-000123\r", FALSE, PLT_SCAN_COMMAND, PLT_COMMAND_APPLICATION,
         "UC-26-000123");
  check ("uc-26-000123\r", "UC-26-000123\r", FALSE, PLT_SCAN_COMMAND, PLT_COMMAND_APPLICATION, "UC-26-000123");
  check ("Yilmaz\r", "Zilmay\r", FALSE, PLT_SCAN_COMMAND, PLT_COMMAND_FIND, "Yilmaz");
  check (german, base45, TRUE, PLT_SCAN_READ_BACK, 0, base45);
  check ("\"\nANSI 9999991", "@\nANSI 9999991", TRUE, PLT_SCAN_READ_BACK, 0, "@\nANSI 9999991");
  check ("UC-26-000123\r", "UC/26/000123\r", FALSE, PLT_SCAN_COMMAND, PLT_COMMAND_APPLICATION,
         "UC-26-000123");
}

static void
test_wrong_number (void)
{
  g_autofree char *number
      = g_strdup_printf ("1002718281%d", (plt_id_number_check_digit ("1002718281") + 1) % 10);
  const PltBurstText burst = { number, number };
  g_auto (PltScan) scan = { .kind = PLT_SCAN_COMMAND };
  g_autoptr (GError) error = NULL;

  g_assert_false (plt_scan_route (&burst, TRUE, &scan, &error));
  g_assert_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_CHECK_DIGIT);
  g_assert_cmpstr (scan.text, ==, number);
}

static void
check_serial (const char *bytes,
              gsize       length,
              const char *text)
{
  g_autofree char *read = plt_serial_scanner_text ((const guint8 *) bytes, length);

  g_assert_cmpstr (read, ==, text);
}

/* What comes over the line is text where it can be, and hexadecimal digits where it cannot. */
static void
test_serial_text (void)
{
  check_serial ("B00000017", 9, "B00000017");
  check_serial ("\x02]L2B00000017\x03", 14, "B00000017\x03");
  check_serial ("]Q3", 3, "]Q3");
  check_serial (AAMVA, strlen (AAMVA), AAMVA);
  check_serial ("Ren\303\251", 5, "Ren\303\251");
  check_serial ("Ren\351e", 5, "Ren\303\251e");
  check_serial ("]L2\x60\x08\x00\r\n", 8, "6008000D0A");
  check_serial ("\x60\x00", 2, "6000");
  check_serial ("", 0, "");
}

static void
collect_cb (GString            *all,
            const PltBurstText *scan)
{
  g_string_append_printf (all, "[%s]", scan->text);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
wait_for (GString    *all,
          const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (g_strcmp0 (all->str, text) != 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (all->str, ==, text);
}

static void
wait_until (const guint *count)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (*count == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (*count, ==, 1);
}

static void
type (int         line,
      const char *bytes,
      gsize       length)
{
  g_assert_cmpint (write (line, bytes, length), ==, length);
}

/* A terminal of our own stands for the cable: what is scanned comes whole, whatever bytes it has and in however
 * many pieces; and a scanner that is unplugged is found again. */
static void
test_serial_line (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-scan-XXXXXX", NULL);
  g_autofree char *device = g_build_filename (folder, "scanner", NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  guint troubles = 0, wells = 0;
  int line = posix_openpt (O_RDWR | O_NOCTTY);

  g_assert_cmpint (grantpt (line), ==, 0);
  g_assert_cmpint (unlockpt (line), ==, 0);
  g_assert_cmpint (symlink (ptsname (line), device), ==, 0);
  g_autoptr (PltSerialScanner) scanner = plt_serial_scanner_new (device, 9600);
  g_signal_connect_swapped (scanner, "scanned", G_CALLBACK (collect_cb), all);
  g_signal_connect_swapped (scanner, "trouble", G_CALLBACK (count_cb), &troubles);
  g_signal_connect_swapped (scanner, "well", G_CALLBACK (count_cb), &wells);
  plt_serial_scanner_start (scanner);

  type (line, "]Q1B000", 7);
  g_main_context_iteration (NULL, FALSE);
  type (line, "00017\r\n", 7);
  wait_for (all, "[B00000017\r\n]");
  g_string_truncate (all, 0);
  type (line, "\r\n", 2);
  type (line, "\x60\x08\x00\x0d\x0a\xff\x1a\x04\x11\x13\x0d", 11);
  wait_for (all, "[0D0A6008000D0AFF1A0411130D]");

  close (line);
  wait_until (&troubles);
  g_assert_cmpint (unlink (device), ==, 0);
  line = posix_openpt (O_RDWR | O_NOCTTY);
  g_assert_cmpint (grantpt (line), ==, 0);
  g_assert_cmpint (unlockpt (line), ==, 0);
  g_assert_cmpint (symlink (ptsname (line), device), ==, 0);
  wait_until (&wells);
  g_string_truncate (all, 0);
  type (line, "UC-26-000123", 12);
  wait_for (all, "[UC-26-000123]");
  close (line);
  unlink (device);
  rmdir (folder);
}

/* A file is no line; it is said once and not read. */
static void
test_serial_no_line (void)
{
  g_autofree char *path = NULL;
  g_autoptr (PltSerialScanner) scanner = NULL;
  g_autoptr (PltSerialScanner) fast = plt_serial_scanner_new ("/dev/null", 12345);
  guint troubles = 0;

  close (g_file_open_tmp ("plt-scan-XXXXXX", &path, NULL));
  scanner = plt_serial_scanner_new (path, 9600);
  g_signal_connect_swapped (scanner, "trouble", G_CALLBACK (count_cb), &troubles);
  plt_serial_scanner_start (scanner);
  g_assert_cmpuint (troubles, ==, 1);
  g_signal_connect_swapped (fast, "trouble", G_CALLBACK (count_cb), &troubles);
  plt_serial_scanner_start (fast);
  g_assert_cmpuint (troubles, ==, 2);
  unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/scan/commands", test_commands);
  g_test_add_func ("/app/scan/cards", test_cards);
  g_test_add_func ("/app/scan/anything-else", test_anything_else);
  g_test_add_func ("/app/scan/layouts", test_layouts);
  g_test_add_func ("/app/scan/wrong-number", test_wrong_number);
  g_test_add_func ("/app/scan/serial/text", test_serial_text);
  g_test_add_func ("/app/scan/serial/line", test_serial_line);
  g_test_add_func ("/app/scan/serial/no-line", test_serial_no_line);

  return g_test_run ();
}
