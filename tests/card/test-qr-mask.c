/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our QR codes against those of libqrencode, which weighs the masks module by module: the same text
 * must give the same code, in every version. */
#include "plt-qr-mask.h"

#include <qrencode.h>
#include <string.h>

#define MOST_ALPHANUMERIC 3391 /* of version 40, level M */
#define MOST_BYTES 2331
#define N_TEXTS 160

static char *
make_text (const char *alphabet,
           int         length)
{
  char *text = g_malloc0 ((gsize) length + 1);
  int n = (int) strlen (alphabet);

  for (int i = 0; i < length; i++)
    text[i] = alphabet[g_test_rand_int_range (0, n)];
  return text;
}

static void
compare (const char *text,
         QRencodeMode mode)
{
  PltQrRow rows[PLT_QR_MOST_MODULES];
  QRinput *input = QRinput_new2 (0, QR_ECLEVEL_M);
  QRcode *expected;
  int width = plt_card_encode_qr (text, FALSE, rows);

  g_assert_cmpint (QRinput_append (input, mode, (int) strlen (text), (const guchar *) text), ==, 0);
  expected = QRcode_encodeInput (input);
  g_assert_nonnull (expected);
  g_assert_cmpint (width, ==, expected->width);
  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      g_assert_cmpuint (rows[y].words[x / 64] >> (x % 64) & 1, ==,
                        expected->data[y * width + x] & 1);
  QRcode_free (expected);
  QRinput_free (input);
}

static void
test_alphanumeric (void)
{
  for (int i = 1; i <= N_TEXTS; i++)
    {
      g_autofree char *text = make_text ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:",
                                         i * MOST_ALPHANUMERIC / N_TEXTS);

      compare (text, QR_MODE_AN);
    }
}

static void
test_bytes (void)
{
  for (int i = 1; i <= N_TEXTS / 4; i++)
    {
      g_autofree char *text = make_text ("abcdefghijklmnopqrstuvwxyz{|}~\xc3\xa9\xe2\x82",
                                         i * MOST_BYTES * 4 / N_TEXTS);

      compare (text, QR_MODE_8);
    }
}

/* One character more than fits is no code. */
static void
test_too_long (void)
{
  g_autofree char *text = make_text ("A", MOST_ALPHANUMERIC + 1);
  PltQrRow rows[PLT_QR_MOST_MODULES];

  g_assert_cmpint (plt_card_encode_qr (text, FALSE, rows), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/qr-mask/alphanumeric", test_alphanumeric);
  g_test_add_func ("/card/qr-mask/bytes", test_bytes);
  g_test_add_func ("/card/qr-mask/too-long", test_too_long);
  return g_test_run ();
}
