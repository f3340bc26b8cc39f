/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the AAMVA barcode of a licence, and reads one. The barcode has no signature: it proves
 * nothing about who made it. */
#include "plt-aamva-private.h"

#include <string.h>

#define LICENCE "DL"

static void
add (PltAamvaFile *file,
     const char   *id,
     const char   *value)
{
  plt_aamva_file_add (file, LICENCE, id, value);
}

static void
add_or_nothing (PltAamvaFile *file,
                const char   *id,
                const char   *value)
{
  add (file, id, *value != '\0' ? value : PLT_AAMVA_NOTHING);
}

static void
add_flag (PltAamvaFile *file,
          const char   *id,
          gboolean      cut)
{
  add (file, id, cut ? "T" : "N");
}

static void
add_date (PltAamvaFile          *file,
          const PltAamvaLicence *licence,
          const char            *id,
          PltDate                date)
{
  g_autofree char *text = plt_aamva_write_date (date, plt_aamva_is_year_first (licence->country,
                                                                               file->version));

  add (file, id, text);
}

/* Elements of a fixed length are filled with spaces. */
static void
add_filled (PltAamvaFile *file,
            const char   *id,
            const char   *value,
            int           length)
{
  g_autofree char *filled = g_strdup_printf ("%-*s", length, value);

  add (file, id, filled);
}

static void
add_names (PltAamvaFile          *file,
           const PltAamvaLicence *licence)
{
  add (file, "DCS", licence->family_name);
  add_flag (file, "DDE", licence->family_name_cut);
  add_or_nothing (file, "DAC", licence->first_name);
  add_flag (file, "DDF", licence->first_name_cut);
  add_or_nothing (file, "DAD", licence->middle_names);
  add_flag (file, "DDG", licence->middle_names_cut);
}

static void
add_entitlement (PltAamvaFile          *file,
                 const PltAamvaLicence *licence)
{
  g_autofree char *class = plt_aamva_write_class (licence->categories);
  g_autofree char *restrictions = plt_aamva_write_restrictions (licence->restrictions);

  add (file, "DCA", class);
  add (file, "DCB", restrictions);
  add (file, "DCD", PLT_AAMVA_NOTHING);
}

/* Height, colour of the eyes, town and postal code are not in the records: an address is one text. */
static void
add_person (PltAamvaFile          *file,
            const PltAamvaLicence *licence)
{
  add (file, "DBC", *licence->sex == 'M' ? "1" : *licence->sex == 'F' ? "2" : "9");
  add_filled (file, "DAU", PLT_AAMVA_NOT_AVAILABLE, 6);
  add (file, "DAY", "UNK");
  add (file, "DAG", *licence->address != '\0' ? licence->address : PLT_AAMVA_NOT_AVAILABLE);
  if (*licence->address_2 != '\0')
    add (file, "DAH", licence->address_2);
  add (file, "DAI", PLT_AAMVA_NOT_AVAILABLE);
  add (file, "DAJ", PLT_AAMVA_JURISDICTION);
  add_filled (file, "DAK", PLT_AAMVA_NOT_AVAILABLE, 11);
}

/* The birthday itself, only while the holder is younger. */
static void
add_ages (PltAamvaFile          *file,
          const PltAamvaLicence *licence)
{
  static const struct { const char *id; int years; } ages[] = {
    { "DDH", 18 }, { "DDI", 19 }, { "DDJ", 21 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      PltDate birthday = plt_date_add_years (licence->birth_date, ages[i].years);

      if (plt_date_is_set (birthday) && plt_date_compare (licence->issue_date, birthday) < 0)
        add_date (file, licence, ages[i].id, birthday);
    }
}

static void
add_descriptions (PltAamvaFile          *file,
                  const PltAamvaLicence *licence)
{
  g_autofree char *restrictions = plt_aamva_write_restrictions (licence->restrictions);

  if (strlen (licence->categories) > PLT_AAMVA_CLASS_LENGTH)
    add (file, "DCP", licence->categories);
  add_ages (file, licence);
  plt_aamva_file_add (file, PLT_AAMVA_OWN_TYPE, PLT_AAMVA_OWN_MARK, "SPECIMEN");
  if (*licence->restrictions != '\0' && !g_str_equal (restrictions, licence->restrictions))
    plt_aamva_file_add (file, PLT_AAMVA_OWN_TYPE, PLT_AAMVA_OWN_RESTRICTIONS,
                        licence->restrictions);
}

/**
 * plt_aamva_build:
 * @data: the licence, its names whole
 * @error: of plt_aamva_licence_new() and plt_aamva_file_write()
 *
 * Annex D of the edition of 2020, DAQ first. What the records do not have is said to be missing as the
 * standard has it, never made up. Categories of more than six characters have a code of their set in
 * DCA and stand in DCP; restrictions of more than twelve stand in this issuer's ZUB.
 *
 * Returns: (transfer full) (nullable): bytes for a PDF417
 */
GBytes *
plt_aamva_build (PltLicenceData  *data,
                 GError         **error)
{
  g_autoptr (PltAamvaFile) file = plt_aamva_file_new ();
  g_autoptr (PltAamvaLicence) licence = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  licence = plt_aamva_licence_new (data, error);
  if (licence == NULL)
    return NULL;
  add (file, "DAQ", licence->licence_number);
  add_names (file, licence);
  add_entitlement (file, licence);
  add_date (file, licence, "DBD", licence->issue_date);
  add_date (file, licence, "DBB", licence->birth_date);
  add_date (file, licence, "DBA", licence->expiry_date);
  add_person (file, licence);
  add (file, "DCF", licence->document_discriminator);
  add (file, "DCG", licence->country);
  add_descriptions (file, licence);

  return plt_aamva_file_check (file, error) ? plt_aamva_file_write (file, error) : NULL;
}

/**
 * plt_aamva_read:
 * @payload: the bytes of a PDF417
 * @error: of plt_aamva_file_read() and plt_aamva_licence_new_from_file()
 *
 * Returns: (transfer full) (nullable): what it says
 */
PltAamvaLicence *
plt_aamva_read (GBytes  *payload,
                GError **error)
{
  g_autoptr (PltAamvaFile) file = plt_aamva_file_read (payload, error);

  return file != NULL ? plt_aamva_licence_new_from_file (file, error) : NULL;
}
