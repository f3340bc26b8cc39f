/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portrait fits any budget of bytes, and is believed to be the same only where it is. */
#include "plt-picture-encode.h"
#include "plt-picture.h"
#include "studio.h"

#include <string.h>

static const Scene plain = { 1000, 1300, 1.0, 0.5, 0.47, 0, NULL };

static void
test_budgets (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&plain, 41);
  PltPhotoCrop crop = plt_photo_suggest_crop (photo);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, NULL, &error);
  static const gsize budgets[] = { 100000, 15000, 8000, 5000, 2500, 1200, 700 };
  int last_quality = 96, last_width = 10000;

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (budgets); i++)
    {
      PltPortraitBudget budget = { budgets[i], 337, 95, FALSE };
      int quality = 0;
      g_autoptr (GBytes) small = plt_portrait_fit (portrait, &budget, &quality, &error);
      g_autoptr (GBytes) better = NULL;
      g_autoptr (PltPhoto) again = NULL;

      g_assert_no_error (error);
      again = plt_photo_load (small, "small", NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%" G_GSIZE_FORMAT " bytes: %" G_GSIZE_FORMAT ", quality %d, %d wide", budgets[i],
                      g_bytes_get_size (small), quality, plt_photo_get_width (again));
      g_assert_cmpuint (g_bytes_get_size (small), <=, budgets[i]);
      g_assert_cmpint (plt_photo_get_width (again), <=, last_width);
      g_assert_true (quality <= last_quality || plt_photo_get_width (again) < last_width);
      last_quality = quality;
      last_width = plt_photo_get_width (again);
      /* One step better at this size, and there is no room. */
      if (quality == 95)
        continue;
      better = plt_portrait_fit (portrait, &(PltPortraitBudget) { 10000000, last_width, MAX (quality + 1, 25), FALSE }, NULL,
                                 &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (better), >, budgets[i]);
    }
}

static void
test_uses (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "photo", "budgets.json", NULL);
  g_autoptr (PltPhoto) photo = studio_shoot (&plain, 43);
  PltPhotoCrop crop = plt_photo_suggest_crop (photo);
  g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, NULL, NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPortraitBudgets) budgets = plt_portrait_budgets_load (path, &error);
  PltPortraitBudget none = { 100, 337, 95, FALSE };

  g_assert_no_error (error);
  for (int use = 0; use < PLT_N_PORTRAIT_USES; use++)
    {
      g_autoptr (GBytes) small = plt_portrait_fit (portrait, &budgets->uses[use], NULL, &error);
      PltPortraitBudget shipped;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (small), <=, budgets->uses[use].max_bytes);
      /* Baseline, and nothing in it but the picture. */
      g_assert_nonnull (memmem (g_bytes_get_data (small, NULL), g_bytes_get_size (small), "\xff\xc0", 2));
      g_assert_null (memmem (g_bytes_get_data (small, NULL), g_bytes_get_size (small), "Exif", 4));
      /* In a hurry it is no larger either, the same again, and itself where it fits already. */
      g_autoptr (GBytes) soon = plt_portrait_fit_soon (portrait, &budgets->uses[use], &error);
      g_autoptr (GBytes) again = plt_portrait_fit_soon (portrait, &budgets->uses[use], &error);
      g_autoptr (GBytes) same = plt_portrait_fit_soon (small, &budgets->uses[use], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (soon), <=, budgets->uses[use].max_bytes);
      g_assert_true (g_bytes_equal (soon, again));
      g_assert_true (same == small || budgets->uses[use].is_grey);
      plt_portrait_budget_init (&shipped, (PltPortraitUse) use);
      g_assert_cmpuint (shipped.max_bytes, ==, budgets->uses[use].max_bytes);
    }
  g_assert_null (plt_portrait_fit (portrait, &none, NULL, &error));
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "100 bytes"));
  g_clear_error (&error);
  g_assert_null (plt_portrait_fit_soon (text, &budgets->uses[PLT_PORTRAIT_CHIP], NULL));
  g_assert_null (plt_portrait_fit (text, &budgets->uses[PLT_PORTRAIT_CHIP], NULL, &error));
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
}

static GBytes *
read_proof (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", "proof", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* A small portrait is believed only where it shows the same person in the same frame. */
static void
test_same_portrait (void)
{
  static const char *const people[] = { "anna.jpg", "bearded.jpg", "elder.jpg", "young.jpg" };
  static const PltPortraitBudget sizes[] = { { 9000, 284, 95, FALSE }, { 5000, 200, 95, FALSE },
                                             { 15000, 337, 95, FALSE } };
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (people) * G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) portrait = read_proof (people[i / G_N_ELEMENTS (sizes)]);
      g_autoptr (GBytes) small = plt_portrait_fit_soon (portrait, &sizes[i % G_N_ELEMENTS (sizes)], NULL);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (small, 0, 100);

      g_assert_false (plt_portrait_is_same (portrait, text));
      g_assert_false (plt_portrait_is_same (portrait, nothing));
      g_assert_false (plt_portrait_is_same (portrait, cut));
      for (gsize j = 0; j < G_N_ELEMENTS (people); j++)
        {
          g_autoptr (GBytes) other = read_proof (people[j]);

          g_assert_true (plt_portrait_is_same (other, small) == (j == i / G_N_ELEMENTS (sizes)));
        }
    }
}

/* What is stored keeps within its budget, too. */
static void
test_record_budget (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&plain, 44);
  PltPhotoCrop crop = plt_photo_suggest_crop (photo);
  PltPortraitBudget small = { 12000, 500, 92, FALSE }, tiny = { 900, 500, 92, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) whole = plt_photo_cut (photo, &crop, NULL, &error);
  g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, &small, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (whole), >, 12000);
  g_assert_cmpuint (g_bytes_get_size (portrait), <=, 12000);
  g_assert_null (plt_photo_cut (photo, &crop, &tiny, &error));
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "900 bytes"));
}

static void
test_budgets_file (void)
{
  static const struct { const char *json, *words; } files[] = {
    { "{", "not JSON" },
    { "[]", "object" },
    { "{\"format\": 2, \"uses\": {}}", "“format” must be 1" },
    { "{\"format\": 1}", "“uses”" },
    { "{\"format\": 1, \"uses\": {\"stamp\": {}}}", "“uses.stamp”" },
    { "{\"format\": 1, \"uses\": {\"chip\": 7}}", "“uses.chip”" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"max_bytes\": 10}}}", "“uses.chip.max_bytes” must be a whole number from 200" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"max_bytes\": \"15 kB\"}}}", "“uses.chip.max_bytes”" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"max_width\": 1e9}}}", "“uses.chip.max_width”" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"best_quality\": 101}}}", "“uses.chip.best_quality”" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"grey\": 1}}}", "“uses.chip.grey”" },
    { "{\"format\": 1, \"uses\": {\"chip\": {\"gray\": true}}}", "“uses.chip.gray”" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPortraitBudgets) some = plt_portrait_budgets_parse ("{\"format\": 1, \"uses\": {\"chip\": {\"max_bytes\": 9000}}}",
                                                                    -1, "b.json", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (some->uses[PLT_PORTRAIT_CHIP].max_bytes, ==, 9000);
  g_assert_cmpint (some->uses[PLT_PORTRAIT_CHIP].max_width, ==, 270);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (PltPortraitBudgets) none = plt_portrait_budgets_parse (files[i].json, -1, "b.json", &error);

      g_assert_null (none);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "b.json"));
      g_assert_nonnull (strstr (error->message, files[i].words));
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/photo-budgets/sizes", test_budgets);
  g_test_add_func ("/card/photo-budgets/uses", test_uses);
  g_test_add_func ("/card/photo-budgets/record", test_record_budget);
  g_test_add_func ("/card/photo-budgets/same-portrait", test_same_portrait);
  g_test_add_func ("/card/photo-budgets/file", test_budgets_file);
  return g_test_run ();
}
