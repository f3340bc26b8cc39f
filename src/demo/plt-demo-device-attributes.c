/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a virtual printer says of itself: a two-sided dye-sublimation printer that only knows ISO/IEC 7810
 * ID-1 cards. Its names of sizes put the short side first (PWG 5101.1), so ID-1 is 53.98 × 85.60 mm. */
#include "plt-demo-device-ipp.h"

#include <cups/cups.h>

#define MEDIA "iso_id-1_53.98x85.6mm"
#define SHORT 5398 /* hundredths of a millimetre */
#define LONG 8560
#define PRINTER IPP_TAG_PRINTER
#define CONST_KEYWORD IPP_CONST_TAG (IPP_TAG_KEYWORD)

static void
add_keywords (ipp_t             *ipp,
              const char        *name,
              const char *const *values)
{
  ippAddStrings (ipp, PRINTER, IPP_TAG_KEYWORD, name, (int) g_strv_length ((char **) values), NULL, values);
}

/* A default with what else there is. */
static void
add_choice (ipp_t             *ipp,
            const char        *name,
            const char        *chosen,
            const char *const *values)
{
  g_autofree char *default_name = g_strconcat (name, "-default", NULL);
  g_autofree char *supported_name = g_strconcat (name, "-supported", NULL);

  ippAddString (ipp, PRINTER, IPP_TAG_KEYWORD, default_name, NULL, chosen);
  add_keywords (ipp, supported_name, values);
}

static void
add_enums (ipp_t      *ipp,
           const char *name,
           int         chosen,
           int         n_values,
           const int  *values)
{
  g_autofree char *default_name = g_strconcat (name, "-default", NULL);
  g_autofree char *supported_name = g_strconcat (name, "-supported", NULL);

  ippAddInteger (ipp, PRINTER, IPP_TAG_ENUM, default_name, chosen);
  ippAddIntegers (ipp, PRINTER, IPP_TAG_ENUM, supported_name, n_values, values);
}

static ipp_t *
make_size (void)
{
  ipp_t *size = ippNew ();

  ippAddInteger (size, PRINTER, IPP_TAG_INTEGER, "x-dimension", SHORT);
  ippAddInteger (size, PRINTER, IPP_TAG_INTEGER, "y-dimension", LONG);
  return size;
}

static ipp_t *
make_media (void)
{
  static const char *const margins[] = { "media-bottom-margin", "media-left-margin", "media-right-margin",
                                         "media-top-margin" };
  ipp_t *media = ippNew ();
  ipp_t *size = make_size ();

  ippAddCollection (media, PRINTER, "media-size", size);
  ippDelete (size);
  ippAddString (media, PRINTER, IPP_TAG_KEYWORD, "media-size-name", NULL, MEDIA);
  for (size_t i = 0; i < G_N_ELEMENTS (margins); i++)
    ippAddInteger (media, PRINTER, IPP_TAG_INTEGER, margins[i], 0);
  ippAddString (media, PRINTER, IPP_TAG_KEYWORD, "media-source", NULL, "main");
  ippAddString (media, PRINTER, IPP_TAG_KEYWORD, "media-type", NULL, "org.platen.pvc-card");
  return media;
}

static void
describe_media (ipp_t *ipp)
{
  static const char *const sizes[] = { MEDIA, NULL };
  static const char *const sources[] = { "main", "manual", NULL };
  static const char *const types[] = { "org.platen.pvc-card", "org.platen.polycarbonate-card", NULL };
  static const char *const members[] = { "media-bottom-margin", "media-left-margin", "media-right-margin", "media-size",
                                         "media-size-name", "media-source", "media-top-margin", "media-type", NULL };
  static const char *const collections[] = { "media-col-default", "media-col-ready", "media-col-database" };
  static const char *const margins[] = { "media-bottom-margin-supported", "media-left-margin-supported",
                                         "media-right-margin-supported", "media-top-margin-supported" };
  ipp_t *size = make_size ();

  add_choice (ipp, "media", MEDIA, sizes);
  add_keywords (ipp, "media-ready", sizes);
  add_keywords (ipp, "media-source-supported", sources);
  add_keywords (ipp, "media-type-supported", types);
  add_keywords (ipp, "media-col-supported", members);
  ippAddCollection (ipp, PRINTER, "media-size-supported", size);
  ippDelete (size);
  for (size_t i = 0; i < G_N_ELEMENTS (collections); i++)
    {
      ipp_t *media = make_media ();

      ippAddCollection (ipp, PRINTER, collections[i], media);
      ippDelete (media);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (margins); i++)
    ippAddInteger (ipp, PRINTER, IPP_TAG_INTEGER, margins[i], 0);
}

static void
describe_printing (ipp_t *ipp)
{
  static const char *const sides[] = { "one-sided", "two-sided-long-edge", "two-sided-short-edge", NULL };
  static const char *const colours[] = { "auto", "color", "monochrome", NULL };
  static const char *const scalings[] = { "none", "auto-fit", NULL };
  static const char *const bins[] = { "face-up", "mailbox-1", NULL };
  static const char *const intents[] = { "auto", "perceptual", NULL };
  static const char *const optimise[] = { "auto", NULL };
  static const char *const raster[] = { "srgb_8", "black_1", NULL };
  static const char *const formats[] = { "application/pdf", "image/pwg-raster", "application/octet-stream" };
  static const int dpi[] = { 300, 600 };

  add_choice (ipp, "sides", "one-sided", sides);
  add_choice (ipp, "print-color-mode", "color", colours);
  add_choice (ipp, "print-scaling", "none", scalings);
  add_choice (ipp, "output-bin", "face-up", bins);
  add_choice (ipp, "print-rendering-intent", "auto", intents);
  add_choice (ipp, "print-content-optimize", "auto", optimise);
  add_enums (ipp, "finishings", 3, 1, (const int[]) { 3 });
  add_enums (ipp, "orientation-requested", 3, 4, (const int[]) { 3, 4, 5, 6 });
  add_enums (ipp, "print-quality", 5, 2, (const int[]) { 4, 5 });
  ippAddInteger (ipp, PRINTER, IPP_TAG_INTEGER, "copies-default", 1);
  ippAddRange (ipp, PRINTER, "copies-supported", 1, 1);
  ippAddBoolean (ipp, PRINTER, "page-ranges-supported", 1);
  ippAddBoolean (ipp, PRINTER, "color-supported", 1);
  ippAddString (ipp, PRINTER, IPP_TAG_MIMETYPE, "document-format-default", NULL, "application/pdf");
  ippAddStrings (ipp, PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", G_N_ELEMENTS (formats), NULL, formats);
  ippAddResolution (ipp, PRINTER, "printer-resolution-default", IPP_RES_PER_INCH, 300, 300);
  ippAddResolutions (ipp, PRINTER, "printer-resolution-supported", 2, IPP_RES_PER_INCH, dpi, dpi);
  ippAddResolution (ipp, PRINTER, "pwg-raster-document-resolution-supported", IPP_RES_PER_INCH, 300, 300);
  ippAddString (ipp, PRINTER, CONST_KEYWORD, "pwg-raster-document-sheet-back", NULL, "normal");
  add_keywords (ipp, "pwg-raster-document-type-supported", raster);
}

static void
describe_service (PltDemoDevice *device,
                  const char    *uri,
                  ipp_t         *ipp)
{
  static const int operations[] = { IPP_OP_PRINT_JOB, IPP_OP_VALIDATE_JOB, IPP_OP_CREATE_JOB, IPP_OP_SEND_DOCUMENT,
                                    IPP_OP_CANCEL_JOB, IPP_OP_GET_JOB_ATTRIBUTES, IPP_OP_GET_JOBS,
                                    IPP_OP_GET_PRINTER_ATTRIBUTES, IPP_OP_CANCEL_MY_JOBS, IPP_OP_CLOSE_JOB,
                                    IPP_OP_IDENTIFY_PRINTER };
  static const char *const versions[] = { "1.1", "2.0", NULL };
  static const char *const kinds[] = { "ipp-everywhere", NULL };
  static const char *const creation[] = { "copies", "document-format", "job-name", "media", "media-col", "multiple-document-handling",
                                          "orientation-requested", "output-bin", "print-color-mode", "print-quality",
                                          "print-scaling", "printer-resolution", "sides", NULL };

  /* Its port speaks HTTP, which carries IPP; there is no page. */
  g_autofree char *page = g_strconcat ("http", strchr (uri, ':'), NULL);

  ippAddString (ipp, PRINTER, IPP_TAG_URI, "printer-uri-supported", NULL, uri);
  ippAddString (ipp, PRINTER, CONST_KEYWORD, "uri-security-supported", NULL, "none");
  ippAddString (ipp, PRINTER, CONST_KEYWORD, "uri-authentication-supported", NULL, "none");
  ippAddString (ipp, PRINTER, IPP_TAG_NAME, "printer-name", NULL, plt_demo_device_get_name (device));
  ippAddString (ipp, PRINTER, IPP_TAG_TEXT, "printer-info", NULL, "Utopia Card Printer");
  ippAddString (ipp, PRINTER, IPP_TAG_TEXT, "printer-location", NULL, "Print room");
  ippAddString (ipp, PRINTER, IPP_TAG_URI, "printer-more-info", NULL, page);
  ippAddString (ipp, PRINTER, IPP_TAG_TEXT, "printer-make-and-model", NULL, "Utopia ID-1 Card Printer");
  ippAddString (ipp, PRINTER, IPP_TAG_TEXT, "printer-device-id", NULL,
                "MFG:Utopia;MDL:ID-1 Card Printer;CMD:PDF,PWGRaster;");
  ippAddString (ipp, PRINTER, IPP_TAG_CHARSET, "charset-configured", NULL, "utf-8");
  ippAddString (ipp, PRINTER, IPP_TAG_CHARSET, "charset-supported", NULL, "utf-8");
  ippAddString (ipp, PRINTER, IPP_TAG_LANGUAGE, "natural-language-configured", NULL, "en");
  ippAddString (ipp, PRINTER, IPP_TAG_LANGUAGE, "generated-natural-language-supported", NULL, "en");
  ippAddString (ipp, PRINTER, CONST_KEYWORD, "pdl-override-supported", NULL, "attempted");
  ippAddString (ipp, PRINTER, CONST_KEYWORD, "compression-supported", NULL, "none");
  add_keywords (ipp, "ipp-versions-supported", versions);
  add_keywords (ipp, "ipp-features-supported", kinds);
  add_keywords (ipp, "job-creation-attributes-supported", creation);
  ippAddIntegers (ipp, PRINTER, IPP_TAG_ENUM, "operations-supported", G_N_ELEMENTS (operations), operations);
  ippAddBoolean (ipp, PRINTER, "multiple-document-jobs-supported", 0);
  ippAddInteger (ipp, PRINTER, IPP_TAG_INTEGER, "multiple-operation-time-out", 60);
  ippAddBoolean (ipp, PRINTER, "printer-is-accepting-jobs", 1);
}

static int
get_percent (int left,
             int capacity)
{
  return left == PLT_DEMO_MACHINE_UNCOUNTED ? 100 : capacity > 0 ? (left * 100 + capacity - 1) / capacity : 0;
}

/* As CUPS shows them (marker-…), and as PWG 5100.13 does (printer-supply, printer-input-tray). */
static void
describe_supplies (const PltDemoMatter *matter,
                   ipp_t               *ipp)
{
  static const char *const names[] = { "YMCKO ribbon", "Retransfer film" };
  static const char *const types[] = { "ink-ribbon", "transfer-unit" };
  static const char *const colours[] = { "#00FFFF#FF00FF#FFFF00#000000", "none" };
  int levels[] = { get_percent (matter->ribbon, matter->ribbon_capacity),
                   get_percent (matter->film, matter->film_capacity) };
  g_autofree char *ribbon = g_strdup_printf ("index=1;class=supplyThatIsConsumed;type=inkRibbon;unit=percent;"
                                             "maxcapacity=100;level=%d;colorantname=multi-color;", levels[0]);
  g_autofree char *film = g_strdup_printf ("index=2;class=supplyThatIsConsumed;type=transferUnit;unit=percent;"
                                           "maxcapacity=100;level=%d;colorantname=none;", levels[1]);
  /* -2 is unknown. */
  g_autofree char *tray =
    g_strdup_printf ("type=sheetFeedAutoRemovableTray;mediafeed=%d;mediaxfeed=%d;maxcapacity=100;level=%d;status=0;name=main",
                     LONG, SHORT, matter->blanks == PLT_DEMO_MACHINE_UNCOUNTED ? -2 : matter->blanks);
  g_autofree char *output = g_strdup_printf ("type=unRemovableBin;maxcapacity=-2;remaining=-2;status=0;name=output;stacked=%d;",
                                             matter->in_output);
  const char *supplies[] = { ribbon, film };
  ipp_attribute_t *supply;

  ippAddStrings (ipp, PRINTER, IPP_TAG_NAME, "marker-names", 2, NULL, names);
  ippAddStrings (ipp, PRINTER, IPP_TAG_KEYWORD, "marker-types", 2, NULL, types);
  ippAddStrings (ipp, PRINTER, IPP_TAG_NAME, "marker-colors", 2, NULL, colours);
  ippAddIntegers (ipp, PRINTER, IPP_TAG_INTEGER, "marker-levels", 2, levels);
  ippAddIntegers (ipp, PRINTER, IPP_TAG_INTEGER, "marker-low-levels", 2, (const int[]) { 10, 10 });
  ippAddIntegers (ipp, PRINTER, IPP_TAG_INTEGER, "marker-high-levels", 2, (const int[]) { 100, 100 });
  supply = ippAddOctetString (ipp, PRINTER, "printer-supply", supplies[0], (int) strlen (supplies[0]));
  ippSetOctetString (ipp, &supply, 1, supplies[1], (int) strlen (supplies[1]));
  ippAddStrings (ipp, PRINTER, IPP_TAG_TEXT, "printer-supply-description", 2, NULL, names);
  ippAddOctetString (ipp, PRINTER, "printer-input-tray", tray, (int) strlen (tray));
  ippAddOctetString (ipp, PRINTER, "printer-output-tray", output, (int) strlen (output));
}

static void
describe_state (PltDemoDevice *device,
                ipp_t         *ipp)
{
  g_auto (GStrv) reasons = plt_demo_device_dup_reasons (device);
  GPtrArray *jobs = plt_demo_device_get_jobs (device);
  int n_queued = 0;

  for (guint i = 0; i < jobs->len; i++)
    n_queued += ((PltDemoJob *) g_ptr_array_index (jobs, i))->state < PLT_DEMO_JOB_CANCELED;
  ippAddInteger (ipp, PRINTER, IPP_TAG_ENUM, "printer-state", plt_demo_device_get_state (device));
  add_keywords (ipp, "printer-state-reasons", (const char *const *) reasons);
  ippAddString (ipp, PRINTER, IPP_TAG_TEXT, "printer-state-message", NULL, "");
  ippAddInteger (ipp, PRINTER, IPP_TAG_INTEGER, "queued-job-count", n_queued);
  ippAddInteger (ipp, PRINTER, IPP_TAG_INTEGER, "printer-up-time", (int) (g_get_real_time () / G_USEC_PER_SEC));
}

void
plt_demo_device_describe (PltDemoDevice *device,
                          const char    *uri,
                          ipp_t         *response)
{
  describe_service (device, uri, response);
  describe_media (response);
  describe_printing (response);
  describe_supplies (plt_demo_machine_get (plt_demo_device_get_machine (device)), response);
  describe_state (device, response);
  ippAddInteger (response, PRINTER, IPP_TAG_INTEGER, "pages-per-minute", 2);
  ippAddInteger (response, PRINTER, IPP_TAG_INTEGER, "pages-per-minute-color", 2);
}
