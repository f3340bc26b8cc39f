/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanned card against its record: both codes decoded, their signatures verified, field by field compared, as the
 * window has it done, for every layout and either code; beside a bare decoding of the code on the plastic, and beside
 * the 100 ms that a person who scans does not notice. */
#include "plt-aamva.h"
#include "plt-bench-series.h"
#include "plt-press-work.h"
#include "plt-readback.h"
#include "plt-test-press.h"

#include <string.h>

#define LIMIT_MS 100
#define N_READ 200
#define MOST_HOLDERS 12

static const char *const layouts[] = { "utopia-iso", "utopia-eu", "utopia-bilingual", "utopia-thai", "utopia-aamva" };

typedef struct
{
  char   *recorded;
  GBytes *pdf417;
  char   *barcode; /* as a scanner gives it: text, or hexadecimal digits */
} Plastic;

static void
plastic_free (Plastic *self)
{
  g_free (self->recorded);
  g_free (self->barcode);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_free (self);
}

static char *
dup_barcode (GBytes *pdf417)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (pdf417, &length);
  GString *digits;

  if (length > 0 && bytes[0] == '@')
    return g_convert ((const char *) bytes, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  digits = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (digits, "%02X", bytes[i]);
  return g_string_free (digits, FALSE);
}

static GPtrArray *
make_plastic (PltPress   *press,
              const char *layout)
{
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layout);
  GPtrArray *plastic = g_ptr_array_new_with_free_func ((GDestroyNotify) plastic_free);

  for (guint i = 0; i < MIN (holders->len, MOST_HOLDERS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltStoreCardFile) file = plt_press_make_file (press, g_ptr_array_index (holders, i), &error);
      Plastic *one = g_new0 (Plastic, 1);

      g_assert_no_error (error);
      one->recorded = g_strdup (file->qr_text);
      one->pdf417 = g_bytes_ref (file->pdf417);
      one->barcode = dup_barcode (file->pdf417);
      g_ptr_array_add (plastic, one);
    }
  return plastic;
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/* What is read of the plastic and no more, in this thread. */
static void
decode (PltPress *press,
        Plastic  *one,
        gboolean  barcode)
{
  g_autoptr (GError) error = NULL;

  if (barcode && one->barcode[0] == '@')
    {
      g_autoptr (PltAamvaFile) file = plt_aamva_file_read_typed (one->barcode, &error);

      g_assert_no_error (error);
    }
  else
    {
      g_autoptr (PltLicenceData) data = barcode ? plt_press_read_pdf417 (press, one->pdf417, &error)
                                                : plt_press_read_code (press, one->recorded, &error);

      g_assert_no_error (error);
    }
}

static void
read_all (PltPress   *press,
          GPtrArray  *plastic,
          const char *title,
          gboolean    barcode)
{
  g_autofree char *bare_title = g_strconcat (title, ", decoded alone", NULL);
  g_autoptr (PltBenchSeries) bare = plt_bench_series_new (bare_title, "cards");
  g_autoptr (PltBenchSeries) series = plt_bench_series_new (title, "cards");

  for (guint i = 0; i < N_READ; i++)
    {
      plt_bench_series_start (bare);
      decode (press, g_ptr_array_index (plastic, i % plastic->len), barcode);
      plt_bench_series_stop (bare);
    }
  for (guint i = 0; i < N_READ; i++)
    {
      Plastic *one = g_ptr_array_index (plastic, i % plastic->len);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) fields = NULL;

      plt_bench_series_start (series);
      plt_press_compare_async (press, one->recorded, one->pdf417, barcode ? one->barcode : one->recorded, NULL, compared_cb,
                               &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      fields = plt_press_compare_finish (result, &error);
      plt_bench_series_stop (series);
      g_assert_no_error (error);
      g_assert_true (plt_readback_matches (fields));
    }
  plt_bench_series_print (bare);
  plt_bench_series_print (series);
  g_print ("%-44s %9.1f %% of %d ms at p95\n", "", plt_bench_series_get (series, 95) * 100 / LIMIT_MS, LIMIT_MS);
}

int
main (void)
{
  g_autoptr (PltTestPress) test = plt_test_press_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autoptr (PltPress) press = plt_test_press_make (test, "keys=keys");
      g_autoptr (GPtrArray) plastic = make_plastic (press, layouts[i]);
      g_autofree char *qr = g_strconcat (layouts[i], ", QR code", NULL);
      g_autofree char *barcode = g_strconcat (layouts[i], ", PDF417", NULL);

      read_all (press, plastic, qr, FALSE);
      read_all (press, plastic, barcode, TRUE);
    }
  return 0;
}
