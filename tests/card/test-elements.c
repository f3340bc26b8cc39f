/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements beside texts: codes that ZXing reads back, artwork that is bounded, stripe and chip on
 * layers of their own, bleed; and that no font or setting of the machine changes a card. */
#include "plt-card-tracks.h"
#include "plt-code-reader.h"
#include "try-layout.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define BOX(type, members) "{\"type\":\"" type "\",\"x\":10,\"y\":8,\"width\":60,\"height\":30" members "}"

typedef struct
{
  cairo_surface_t *surface;
  const guchar    *data;
  int              width, height, stride;
} Picture;

static Picture
draw (PltLayout *layout, PltCardInputs *inputs, PltCardLayers layers, double dpi, GError **error)
{
  Picture picture = { .width = (int) lround (85.6 * dpi / 25.4),
                      .height = (int) lround (53.98 * dpi / 25.4) };
  cairo_t *cr;
  gboolean ok;

  picture.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture.width, picture.height);
  cr = cairo_create (picture.surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  ok = plt_card_render_layers (layout, inputs, 0, layers, cr, dpi, error);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  picture.data = cairo_image_surface_get_data (picture.surface);
  picture.stride = cairo_image_surface_get_stride (picture.surface);
  g_assert_true (ok == (error == NULL || *error == NULL));
  return picture;
}

static guint
count_dark (const Picture *picture)
{
  guint n = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      n += picture->data[y * picture->stride + x * 4 + 1] < 200;
  return n;
}

static void
check_read (PltCodeKind kind, const char *front, const char *name, const char *value,
            const char *expect)
{
  static const double resolutions[] = { 300, 600 };
  g_autoptr (PltLayout) layout = try_layout ("", front);
  g_autoptr (PltCardInputs) inputs = try_inputs (name, value, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      g_autoptr (GError) error = NULL;
      Picture picture = draw (layout, inputs, PLT_CARD_LAYER_PRINTED, resolutions[i], &error);
      double scale = resolutions[i] / 25.4;
      int left = (int) (10 * scale), top = (int) (8 * scale);
      int width = (int) (60 * scale), height = (int) (30 * scale);
      g_autofree guint8 *grey = g_malloc ((gsize) width * height);
      g_autoptr (GBytes) read = NULL;

      g_assert_no_error (error);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          grey[y * width + x] = picture.data[(top + y) * picture.stride + (left + x) * 4 + 1];
      read = plt_code_reader_read (kind, grey, width, height, width);
      g_assert_nonnull (read);
      g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), expect,
                       strlen (expect));
      cairo_surface_destroy (picture.surface);
    }
}

/* The table of categories stays in its box, or the layout is not read. */
static void
test_table_too_wide (void)
{
  static const char *const tables[][2] = {
    { "{\"type\":\"categories\",\"x\":1,\"y\":1,\"width\":40,\"height\":40,\"font\":\"text\",\"size\":5,"
      "\"header\":2,\"pitch\":2,\"columns\":[9,9,9,9,9]}", "“front[0].columns”: together they are 45 wide" },
    { "{\"type\":\"categories\",\"x\":1,\"y\":1,\"width\":40,\"height\":30,\"font\":\"text\",\"size\":5,"
      "\"header\":2,\"pitch\":2,\"columns\":[8,8,8,8,8]}", "“front[0].height”: must be 32 at least" },
    { "{\"type\":\"categories\",\"x\":1,\"y\":1,\"width\":40,\"height\":32,\"font\":\"text\",\"size\":5,"
      "\"header\":2,\"pitch\":2,\"columns\":[8,8,8,8,8],\"date_form\":\"month/day\"}",
      "“front[0].date_form”: the form of a date must be made of" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (try_layout_new ("", tables[i][0], NULL, &error));
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
      g_assert_nonnull (strstr (error->message, tables[i][1]));
    }
}

static void
test_code128 (void)
{
  const char *front = BOX ("code128", ",\"text\":\"{licence_number}/{sex}\",\"module\":0.26");

  check_read (PLT_CODE_CODE128, front, "licence_number", "UTO-2210-XK", "UTO-2210-XK/");
  check_read (PLT_CODE_CODE128, front, "licence_number", "0123456789", "0123456789/");
}

static void
test_datamatrix (void)
{
  const char *front = BOX ("datamatrix", ",\"text\":\"{card_serial}\",\"module\":0.6");

  check_read (PLT_CODE_DATA_MATRIX, front, "card_serial", "C-0000412-77", "C-0000412-77");
  check_read (PLT_CODE_DATA_MATRIX, front, "card_serial", "a", "a");
}

static void
check_refused (const char *front, const char *name, const char *value, int code, const char *words)
{
  g_autoptr (PltLayout) layout = try_layout ("", front);
  g_autoptr (PltCardInputs) inputs = try_inputs (name, value, NULL);
  g_autoptr (PltCardPart) part = try_part (layout, inputs);

  g_assert_nonnull (part->error);
  g_test_message ("%s", part->error->message);
  g_assert_cmpint (part->error->code, ==, code);
  g_assert_nonnull (strstr (part->error->message, words));
}

static void
test_codes_refused (void)
{
  const char *bars = BOX ("code128", ",\"text\":\"{family_name}\",\"module\":0.26");
  const char *dots = BOX ("datamatrix", ",\"text\":\"{family_name}\",\"module\":0.3");
  g_autofree char *endless = g_strnfill (3000, 'x');
  g_autofree char *wide = g_strnfill (40, 'W');

  check_refused (bars, "family_name", "Måns", PLT_CARD_ERROR_GLYPH, "“å” of the family name (1)");
  check_refused (bars, "family_name", wide, PLT_CARD_ERROR_DOES_NOT_FIT, "family name (1)");
  check_refused (dots, "family_name", endless, PLT_CARD_ERROR_DOES_NOT_FIT, "family name (1)");
}

/* What an encoder is given. */
static void
check_tracks (const char *front, PltCardInputs *inputs, const char *first, const char *second)
{
  g_autoptr (PltLayout) layout = try_layout ("", front);
  g_autoptr (GError) error = NULL;
  char *tracks[PLT_CARD_N_TRACKS] = { NULL };

  g_assert_true (plt_card_read_tracks (layout, inputs, tracks, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tracks[0], ==, first);
  g_assert_cmpstr (tracks[1], ==, second);
  g_assert_null (tracks[2]);
  for (int i = 0; i < PLT_CARD_N_TRACKS; i++)
    g_free (tracks[i]);
}

static void
test_magnetic (void)
{
  const char *front = BOX ("magnetic", ",\"track_1\":\"{upper(family_name)}^{sex}\","
                           "\"track_2\":\"636000{administrative_number}\"");
  g_autoptr (PltLayout) layout = try_layout ("", front);
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "Doe", "administrative_number",
                                                 "4711", NULL);
  g_autoptr (PltCardPart) part = try_part (layout, inputs);
  Picture printed = draw (layout, inputs, PLT_CARD_LAYER_PRINTED, 96, NULL);
  Picture stripe = draw (layout, inputs, PLT_CARD_LAYER_MAGNETIC, 96, NULL);

  g_assert_no_error (part->error);
  g_assert_cmpstr (part->text, ==, "1: DOE^ 2: 6360004711");
  g_assert_cmpint (part->layer, ==, PLT_CARD_LAYER_MAGNETIC);
  g_assert_cmpuint (count_dark (&printed), ==, 0);
  g_assert_cmpuint (count_dark (&stripe), >, 1000);
  cairo_surface_destroy (printed.surface);
  cairo_surface_destroy (stripe.surface);
  check_tracks (front, inputs, "DOE^", "6360004711");
  check_tracks (BOX ("magnetic", ",\"track_1\":\"{sex}\",\"when\":\"present(administrative_number)\","
                     "\"track_2\":\"{administrative_number}\""), inputs, NULL, "4711");
  check_tracks (BOX ("magnetic", ",\"track_2\":\"{administrative_number}\",\"when\":\"present(sex)\""), inputs, NULL, NULL);
  check_tracks (BOX ("chip", ""), inputs, NULL, NULL);
  check_refused (front, "family_name", "Ōe", PLT_CARD_ERROR_GLYPH, "“Ō” of the family name (1)");
  check_refused (front, "administrative_number", "47-11", PLT_CARD_ERROR_GLYPH, "track 2");
  check_refused (front, "administrative_number", "123456789012345678901234567890123456789",
                 PLT_CARD_ERROR_DOES_NOT_FIT, "track 2");
}

/* Each layer for itself, and together what is printed. */
static void
test_layers (void)
{
  g_autoptr (PltLayout) layout
    = try_layout ("", BOX ("chip", "") "," BOX ("pictogram", ",\"pictogram\":\"B\",\"layer\":\"uv\"")
                  ",{\"type\":\"text\",\"x\":10,\"y\":40,\"width\":40,\"height\":4,\"font\":\"bold\","
                  "\"size\":9,\"label\":\"5\",\"label_width\":6,\"colour\":\"#008000\","
                  "\"text\":\"{licence_number}\"}");
  g_autoptr (PltCardInputs) inputs = try_inputs ("licence_number", "UTO-1", NULL);
  const PltCardLayers layers[] = {
    PLT_CARD_LAYER_CHIP, PLT_CARD_LAYER_UV, PLT_CARD_LAYER_COLOUR, PLT_CARD_LAYER_BLACK,
  };
  guint dark[G_N_ELEMENTS (layers)];
  Picture picture;

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      picture = draw (layout, inputs, layers[i], 150, NULL);
      dark[i] = count_dark (&picture);
      g_assert_cmpuint (dark[i], >, 20);
      cairo_surface_destroy (picture.surface);
    }
  picture = draw (layout, inputs, PLT_CARD_LAYER_PRINTED, 150, NULL);
  g_assert_cmpuint (count_dark (&picture), ==, dark[2] + dark[3]);
  cairo_surface_destroy (picture.surface);
}

static void
test_artwork (void)
{
  static const char *const files[] = {
    "seal.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><defs>"
                "<linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#000\"/>"
                "<stop offset=\"1\" stop-color=\"#333\"/></linearGradient></defs>"
                "<circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"url(#g)\"/></svg>", NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout = try_layout_new ("", BOX ("artwork", ",\"file\":\"seal.svg\""), files,
                                                 &error);
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  g_autoptr (GBytes) pdf = NULL;
  Picture picture;

  g_assert_no_error (error);
  picture = draw (layout, inputs, PLT_CARD_LAYER_PRINTED, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_dark (&picture), >, 5000);
  cairo_surface_destroy (picture.surface);
  pdf = plt_card_render_pdf (layout, inputs, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Subtype /Image", 15));
}

static void
check_artwork (const char *contents, const char *words)
{
  const char *const files[] = { "a.svg", contents, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (try_layout_new ("", BOX ("artwork", ",\"file\":\"a.svg\""), files, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "“front[0].file”"));
}

static void
test_artwork_refused (void)
{
#define SVG(body) "<svg xmlns=\"http://www.w3.org/2000/svg\" " \
                  "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">" body "</svg>"
  check_artwork (SVG ("<text>a</text>"), "“text”");
  check_artwork (SVG ("<image href=\"a.png\"/>"), "“image”");
  check_artwork (SVG ("<script>1</script>"), "“script”");
  check_artwork (SVG ("<style>*{}</style>"), "“style”");
  check_artwork (SVG ("<filter id=\"f\"/>"), "“filter”");
  check_artwork (SVG ("<rect onclick=\"a()\"/>"), "“onclick”");
  check_artwork (SVG ("<rect width=\"5\" height=\"5\" fill=\"URL(http://example.org/#a)\"/>"),
                 "another file");
  check_artwork ("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:text>A</s:text></s:svg>",
                 "may have no prefix, as “xmlns:s”");
  check_artwork (SVG ("<metadata><g id=\"m\"><text>A</text></g></metadata><use href=\"#m\"/>"),
                 "no “id” in metadata, as “m”");
  check_artwork (SVG ("<use xlink:href=\"http://example.org/a.svg#b\"/>"), "another file");
  check_artwork (SVG ("<rect fill=\"url(file:///etc/passwd)\"/>"), "another file");
  check_artwork (SVG ("<g id=\"a\"><rect/></g><g id=\"b\"><use href=\"#a\"/></g>"
                      "<g id=\"c\"><use href=\"#b\"/></g>"), "another “use”");
  check_artwork ("<!DOCTYPE svg [<!ENTITY a \"b\">]>" SVG ("&a;"), "document type");
  check_artwork ("no svg", "cannot be drawn");
  check_artwork (SVG ("<rect"), "cannot be drawn");
  check_artwork ("", "cannot be drawn");
}

static void
test_artwork_too_large (void)
{
  g_autofree char *blanks = g_strnfill (600 * 1024, ' ');
  g_autoptr (GString) parts = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\">");

  check_artwork (blanks, "larger than 512 kB");
  for (int i = 0; i < 6000; i++)
    g_string_append (parts, "<path d=\"M0 0L1 1\"/>");
  g_string_append (parts, "</svg>");
  check_artwork (parts->str, "too many parts");
}

/* Artwork may go over the edge by the bleed, and is drawn there. */
static void
test_bleed (void)
{
  const char *front = "{\"type\":\"rect\",\"x\":-2,\"y\":-2,\"width\":89.6,\"height\":57.98,"
                      "\"colour\":\"#000000\"}";
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  g_autoptr (PltLayout) layout = try_layout ("\"bleed\":2,\"safe_margin\":4,", front);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 200);
  cairo_t *cr = cairo_create (surface);

  g_assert_cmpfloat (plt_layout_get_bleed (layout), ==, 2);
  g_assert_cmpfloat (plt_layout_get_safe_margin (layout), ==, 4);
  cairo_translate (cr, 20, 20);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, 5, 5);
  g_assert_true (plt_card_render (layout, inputs, PLT_CARD_SIDE_FRONT, cr, 127, &error));
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_image_surface_get_data (surface)[14 * cairo_image_surface_get_stride (surface)
                                                          + 14 * 4], ==, 0);
  g_assert_cmpint (cairo_image_surface_get_data (surface)[4 * cairo_image_surface_get_stride (surface)
                                                          + 4 * 4], ==, 255);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_null (try_layout_new ("\"bleed\":1,", front, NULL, &error));
  g_assert_nonnull (strstr (error->message, "“front[0].x”: must be -1 at least, not -2"));
}

/* What is wrong is told with the place and what would be right. */
static void
test_layouts_refused (void)
{
#define LINE(members) "{\"type\":\"text\",\"x\":1,\"y\":1,\"width\":40,\"height\":3,\"font\":\"text\"," \
                      "\"size\":8" members "}"
#define PDF417(width, module, members) "{\"type\":\"pdf417\",\"x\":1,\"y\":1,\"width\":" width ",\"height\":17," \
                      "\"error_level\":5,\"symbol_columns\":13,\"module\":" module members "}"
#define AAMVA ",\"payload\":\"aamva\""
  static const struct { const char *head, *front, *words; } cases[] = {
    { "", LINE (",\"text\":\"a\",\"when\":\"donor\""), "“front[0].when”: must be yes or no" },
    { "", LINE (",\"text\":\"a\",\"when\":\"donr = 'yes'\""), "“donor” may be meant" },
    { "", LINE (",\"text\":\"{first(family_name)}\""), "“first” must have 2 arguments, not 1" },
    { "", LINE (",\"text\":\"<b>a</b>\",\"rich\":true"), "“<b>” is not a mark; there are font, colour" },
    { "", LINE (",\"text\":\"<u>a\",\"rich\":true"), "“<u>” has no “</u>”" },
    { "", LINE (",\"text\":\"a</u>\",\"rich\":true"), "that was not begun" },
    { "", LINE (",\"text\":\"<font thin>a</font>\",\"rich\":true"), "“thin” is not among the fonts" },
    { "", LINE (",\"text\":\"a & b\",\"rich\":true"), "“&” begins" },
    { "", LINE (",\"text\":\"a\",\"abbreviate\":[\"streets\"]"), "“streets” is neither among" },
    { "", LINE (",\"text\":\"a\",\"hyphenate\":\"de\""), "“de” is not a language of the layout" },
    { "", LINE (",\"text\":\"a\",\"fit\":[\"wrap\"]"), "“wrap” needs “max_lines”" },
    { "", LINE (",\"text\":\"a\",\"fit\":[\"stretch\"]"), "must be one of shrink, condense" },
    { "", LINE (",\"text\":\"a\",\"fit\":[\"shrink\",\"shrink\"]"), "“shrink” stands twice" },
    { "", LINE (",\"text\":\"a\",\"layer\":\"gold\""), "must be one of colour, black, overlay" },
    { "", LINE (",\"text\":\"a\",\"rihc\":true"), "“rich” may be meant" },
    { "", PDF417 ("75", "0.254", ",\"payload\":\"icao\""), "“front[0].payload”: must be one of iso, aamva" },
    { "", PDF417 ("75", "0.17", AAMVA), "“front[0].module”: the modules of an AAMVA barcode are" },
    { "", PDF417 ("75", "0.4", AAMVA), "with whole dots these would be 0.4233" },
    { "", PDF417 ("75", "0.254", AAMVA ",\"finest_module\":0.169"), "“front[0].finest_module”: the modules" },
    { "", PDF417 ("75.57", "0.254", AAMVA), "“front[0].width”: must be 75.565 at most" },
    { "", PDF417 ("75", "0.254", "") "," PDF417 ("75", "0.254", AAMVA), "“front[1].payload”: all PDF417" },
    { "", BOX ("pictogram", ",\"pictogram\":\"heart\""), "“heart” is not among the layout’s pictograms" },
    { "", BOX ("pictogramm", ""), "“pictogram” may be meant" },
    { "", BOX ("artwork", ",\"file\":\"../a.svg\""), "in the layout’s own folder" },
    { "", BOX ("artwork", ",\"file\":\"a.svg\""), "cannot be read" },
    { "\"valid_from\":\"2026-02-30\",", "", "“valid_from”: must be a day" },
    { "\"valid_from\":\"2026-03-01\",\"valid_to\":\"2026-02-01\",", "", "must not be before" },
    { "\"abbreviations\":{\"a\":{\"St\":\"Street\"}},", "", "“abbreviations.a.St”: must be a shorter" },
    { "\"abbreviations\":{\"initials\":{}},", "", "is the name of a rule of the program" },
    { "\"pages\":[],", "", "“pages” or “front” and “back”, not both" },
    { "\"bleed\":11,", "", "“bleed”: must be from 0 to 10, not 11" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (try_layout_new (cases[i].head, cases[i].front, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
      g_assert_nonnull (strstr (error->message, "layout.json, line 1, “"));
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static char *
hash_card (void)
{
  g_autoptr (PltLayout) layout
    = try_layout ("", "{\"type\":\"text\",\"x\":5,\"y\":10,\"width\":70,\"height\":5,\"font\":\"text\","
                  "\"size\":9,\"text\":\"{family_name}\",\"capitals\":true},"
                  "{\"type\":\"text\",\"x\":5,\"y\":20,\"width\":70,\"height\":5,\"font\":\"bold\","
                  "\"size\":9,\"text\":\"{family_name_native}\"},"
                  "{\"type\":\"mrz\",\"x\":5,\"y\":40,\"width\":79,\"height\":5,\"font\":\"ocr\","
                  "\"size\":10,\"pitch\":2.54},{\"type\":\"text\",\"x\":5,\"y\":30,\"width\":70,"
                  "\"height\":5,\"font\":\"ocr\",\"size\":9,\"text\":\"UTO 0123\"}");
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "Iñigo İşık fi", "family_name_native",
                                                 "Блажић шћ عبد ที่นี่", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL, pdf = NULL;
  g_autofree char *picture = NULL, *file = NULL;

  plt_card_inputs_set_mrz (inputs, "D1UTO742199364411<<<<<<<<<<<<0");
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_FRONT, 300, &error);
  g_assert_no_error (error);
  pdf = plt_card_render_pdf (layout, inputs, &error);
  g_assert_no_error (error);
  picture = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
  file = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  return g_strdup_printf ("%s %s %s", plt_layout_get_digest (layout), picture, file);
}

/* Run again in an environment that wants all of it otherwise: other fonts under the same names,
 * bold made up, hinting, sub-pixels, another locale, other languages. */
static void
test_hostile_machine (void)
{
  static const char hostile[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>"
    "<dir>/usr/share/fonts</dir>"
    "<match target=\"pattern\"><edit name=\"family\" mode=\"assign\" binding=\"same\">"
    "<string>DejaVu Serif</string></edit></match>"
    "<match target=\"font\"><edit name=\"embolden\" mode=\"assign\"><bool>true</bool></edit>"
    "<edit name=\"hinting\" mode=\"assign\"><bool>true</bool></edit>"
    "<edit name=\"hintstyle\" mode=\"assign\"><const>hintfull</const></edit>"
    "<edit name=\"antialias\" mode=\"assign\"><bool>false</bool></edit>"
    "<edit name=\"rgba\" mode=\"assign\"><const>rgb</const></edit></match></fontconfig>";
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (folder, "fonts.conf", NULL);
  g_autofree char *here = hash_card ();
  g_autofree char *there = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const settings[][2] = {
    { "LC_ALL", "tr_TR.UTF-8" }, { "LANG", "tr_TR.UTF-8" }, { "LANGUAGE", "sr:fa:ur" },
    { "PANGO_LANGUAGE", "sr:fa:tr" }, { "FC_LANG", "sr" }, { "GDK_SCALE", "2" },
    { "PANGOCAIRO_BACKEND", "win32" },
    { "FREETYPE_PROPERTIES", "truetype:interpreter-version=35 cff:no-stem-darkening=0" },
  };

  g_file_set_contents (config, hostile, -1, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    g_subprocess_launcher_setenv (launcher, settings[i][0], settings[i][1], TRUE);
  g_subprocess_launcher_setenv (launcher, "FONTCONFIG_FILE", config, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", folder, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", "--hash", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &there, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (there, ==, here);
  g_unlink (config);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--hash"))
    {
      g_autofree char *hash = hash_card ();

      g_print ("%s", hash);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/elements/code128", test_code128);
  g_test_add_func ("/card/elements/datamatrix", test_datamatrix);
  g_test_add_func ("/card/elements/codes-refused", test_codes_refused);
  g_test_add_func ("/card/elements/magnetic", test_magnetic);
  g_test_add_func ("/card/elements/layers", test_layers);
  g_test_add_func ("/card/elements/artwork", test_artwork);
  g_test_add_func ("/card/elements/artwork-refused", test_artwork_refused);
  g_test_add_func ("/card/elements/artwork-too-large", test_artwork_too_large);
  g_test_add_func ("/card/elements/bleed", test_bleed);
  g_test_add_func ("/card/elements/layouts-refused", test_layouts_refused);
  g_test_add_func ("/card/elements/hostile-machine", test_hostile_machine);
  g_test_add_func ("/card/elements/table-too-wide", test_table_too_wide);
  return g_test_run ();
}
