/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a licence the AAMVA barcode can say: spelt and fitted from a record, or taken from a file. */
#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
plt_aamva_licence_free (PltAamvaLicence *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->family_name);
  g_free (self->first_name);
  g_free (self->middle_names);
  g_free (self->sex);
  g_free (self->address);
  g_free (self->address_2);
  g_free (self->licence_number);
  g_free (self->document_discriminator);
  g_free (self->country);
  g_free (self->categories);
  g_free (self->restrictions);
  g_free (self);
}

static gboolean
refuse_value (const char  *field,
              const char  *value,
              GError     **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: first the name of a field, then its value. */
               _("The AAMVA barcode was not made, because its readers take the %s “%s” for a missing "
                 "one. Choose a layout that has none."), field, value);
  return FALSE;
}

/* Spelt, and cut where there is a flag to say so. A value that is a word for no value is refused. */
static gboolean
fit_name (const char  *text,
          const char  *field,
          char       **fitted,
          gboolean    *cut,
          GError     **error)
{
  g_autofree char *spelt = plt_aamva_spell (text, field, error);

  if (spelt == NULL)
    return FALSE;
  if (plt_aamva_is_empty (spelt))
    return refuse_value (field, spelt, error);
  *fitted = plt_aamva_cut (spelt, PLT_AAMVA_NAME_LENGTH, cut);

  return TRUE;
}

/* The first given name by itself, the others with commas between. */
static gboolean
fit_given_names (PltAamvaLicence  *self,
                 const char       *text,
                 GError          **error)
{
  g_autofree char *spelt = plt_aamva_spell (text, _("given names"), error);
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  const char *first = "";

  if (spelt == NULL)
    return FALSE;
  names = g_strsplit_set (spelt, " ,", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] == '\0')
        continue;
      if (*first == '\0')
        first = names[i];
      else
        g_ptr_array_add (others, names[i]);
    }
  g_ptr_array_add (others, NULL);
  joined = g_strjoinv (",", (char **) others->pdata);

  return fit_name (first, _("given names"), &self->first_name, &self->first_name_cut, error) &&
         fit_name (joined, _("given names"), &self->middle_names, &self->middle_names_cut, error);
}

/* A number is never cut: half a number is another one. */
static gboolean
fit_number (const char  *text,
            const char  *field,
            char       **fitted,
            GError     **error)
{
  g_autofree char *spelt = plt_aamva_spell (text, field, error);

  if (spelt == NULL)
    return FALSE;
  if (plt_aamva_is_empty (spelt))
    return refuse_value (field, spelt, error);
  if (*spelt == '\0' || strlen (spelt) > PLT_AAMVA_NUMBER_LENGTH)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   /* Translators: first the name of a field, then its value. */
                   _("The AAMVA barcode was not made, because the %s “%s” is not of 1 to %d "
                     "characters. Ask an administrator for another layout."), field, text,
                   PLT_AAMVA_NUMBER_LENGTH);
      return FALSE;
    }
  *fitted = g_steal_pointer (&spelt);

  return TRUE;
}

static gboolean
fit_address (PltAamvaLicence  *self,
             const char       *text,
             GError          **error)
{
  g_autofree char *spelt = plt_aamva_spell (text, _("address"), error);

  if (spelt == NULL)
    return FALSE;
  if (plt_aamva_is_empty (spelt))
    return refuse_value (_("address"), spelt, error);
  if (plt_aamva_split_address (spelt, &self->address, &self->address_2))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
               _("The AAMVA barcode was not made, because the address “%s” does not fit into two "
                 "lines of %d characters. Shorten it in the application, or ask an administrator for "
                 "another layout."), text, PLT_AAMVA_ADDRESS_LENGTH);
  return FALSE;
}

static gboolean
fit_dates (PltAamvaLicence  *self,
           PltLicenceData   *data,
           GError          **error)
{
  self->birth_date = data->birth_date;
  self->issue_date = data->issue_date;
  self->expiry_date = data->expiry_date;
  if (plt_date_is_set (data->birth_date) && plt_date_is_set (data->issue_date) &&
      plt_date_is_set (data->expiry_date))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The AAMVA barcode was not made, because the dates of birth, issue and expiry of "
                 "licence %s are not all known. Complete the application first."),
               data->licence_number != NULL ? data->licence_number : "");
  return FALSE;
}

static gboolean
fit_sex (PltAamvaLicence  *self,
         const char       *sex,
         GError          **error)
{
  if (sex != NULL && strlen (sex) == 1 && strchr ("MFX", *sex) != NULL)
    {
      self->sex = g_strdup (sex);
      return TRUE;
    }

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The AAMVA barcode was not made, because the sex “%s” is not M, F or X. Correct the "
                 "record."), sex != NULL ? sex : "");
  return FALSE;
}

/* The standard says how dates are written in two countries; for Utopia, which is in neither, this
 * program decides (as in the United States). Nothing is made for others. */
static gboolean
fit_country (PltAamvaLicence  *self,
             const char       *country,
             GError          **error)
{
  static const char *const known[] = { "USA", "CAN", "UTO", NULL };

  if (country != NULL && g_strv_contains (known, country))
    {
      self->country = g_strdup (country);
      return TRUE;
    }

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
               _("The AAMVA barcode was not made, because its standard does not say how dates are "
                 "written in “%s”. Ask an administrator for another layout."),
               country != NULL ? country : "");
  return FALSE;
}

static void
add_once (GPtrArray *codes,
          char      *code)
{
  if (*g_strstrip (code) == '\0' ||
      g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_free (code);
  else
    g_ptr_array_add (codes, code);
}

/* There is one list of restrictions for all classes. */
static void
fit_categories (PltAamvaLicence *self,
                GPtrArray       *entries)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new ();
  g_autoptr (GPtrArray) restrictions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char **codes = g_strsplit (entry->restrictions, ",", -1);

      g_ptr_array_add (categories, (char *) plt_category_to_code (entry->category));
      for (guint k = 0; codes[k] != NULL; k++)
        add_once (restrictions, codes[k]);
    }
  g_ptr_array_add (categories, NULL);
  g_ptr_array_add (restrictions, NULL);
  self->categories = g_strjoinv (" ", (char **) categories->pdata);
  self->restrictions = g_strjoinv (",", (char **) restrictions->pdata);
}

/* The issuer's number is nobody's, and the only one that the program has: on a card of an enrolled issuer it would say that
 * somebody else issued it. So no card may be made with it that is not marked. */
static gboolean
check_specimen (PltLicenceData  *data,
                GError         **error)
{
  if (data->specimen)
    return TRUE;

  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                       /* Translators: 999999 is a number of an issuer. */
                       _("The AAMVA barcode was not made: its issuer’s number 999999 is fictitious, and this office’s "
                         "keys are enrolled, so that its cards are no specimens. Ask an administrator for a layout without "
                         "an AAMVA barcode."));
  return FALSE;
}

/**
 * plt_aamva_licence_new:
 * @data: names whole, not as shortened for another code
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN, %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_INVALID or
 *   %PLT_ISO_ERROR_UNCONFIRMED, each naming the field
 *
 * Returns: (transfer full) (nullable): what the barcode says of it
 */
PltAamvaLicence *
plt_aamva_licence_new (PltLicenceData  *data,
                       GError         **error)
{
  g_autoptr (PltAamvaLicence) self = g_new0 (PltAamvaLicence, 1);

  g_return_val_if_fail (data != NULL, NULL);

  if (!check_specimen (data, error) || !fit_country (self, data->issuing_country, error) ||
      !fit_dates (self, data, error) || !fit_sex (self, data->sex, error) ||
      !fit_name (data->family_name, _("family name"), &self->family_name, &self->family_name_cut,
                 error) ||
      !fit_given_names (self, data->given_names, error) ||
      !fit_number (data->licence_number, _("licence number"), &self->licence_number, error) ||
      !fit_number (data->document_discriminator, _("document discriminator"),
                   &self->document_discriminator, error) ||
      !fit_address (self, data->address, error))
    return NULL;
  fit_categories (self, data->categories);
  self->specimen = TRUE;
  if (*self->family_name != '\0')
    return g_steal_pointer (&self);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The AAMVA barcode was not made, because licence %s has no family name. Complete the "
                 "record."), self->licence_number);
  return NULL;
}

static char *
dup_content (PltAamvaFile *file,
             const char   *type,
             const char   *id)
{
  const char *value = plt_aamva_file_get (file, type, id);

  return g_strdup (value == NULL || plt_aamva_is_empty (value) ? "" : value);
}

static gboolean
refuse_contents (const char  *id,
                 GError     **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The AAMVA barcode contradicts itself in its element %s. The card was not made by this "
                 "office; check it by its other codes."), id);
  return FALSE;
}

static gboolean
read_dates (PltAamvaLicence  *self,
            PltAamvaFile     *file,
            const char       *type,
            GError          **error)
{
  const struct { const char *id; PltDate *date; } dates[] = {
    { "DBB", &self->birth_date }, { "DBD", &self->issue_date }, { "DBA", &self->expiry_date },
  };
  gboolean year_first = plt_aamva_is_year_first (self->country, file->version);

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const char *text = plt_aamva_file_get (file, type, dates[i].id);

      if (!plt_aamva_is_empty (text) && !plt_aamva_parse_date (text, year_first, dates[i].date))
        return refuse_contents (dates[i].id, error);
    }

  return TRUE;
}

static char *
read_sex (const char *value)
{
  if (g_str_equal (value, "1"))
    return g_strdup ("M");

  return g_strdup (g_str_equal (value, "2") ? "F" : g_str_equal (value, "9") ? "X" : "");
}

/* This program's own subfile, which says what the lists that were too long for theirs are. */
static gboolean
is_ours (PltAamvaFile *file)
{
  return g_str_equal (file->issuer, PLT_AAMVA_ISSUER) &&
         file->jurisdiction_version >= PLT_AAMVA_JURISDICTION_VERSION;
}

/* The longer form must be what the short one stands for. */
static gboolean
read_lists (PltAamvaLicence  *self,
            PltAamvaFile     *file,
            const char       *type,
            GError          **error)
{
  const char *class = plt_aamva_file_get (file, type, "DCA");
  const char *described = plt_aamva_file_get (file, type, "DCP");
  const char *restriction = plt_aamva_file_get (file, type, "DCB");
  const char *listed = is_ours (file) ? plt_aamva_file_get (file, PLT_AAMVA_OWN_TYPE,
                                                            PLT_AAMVA_OWN_RESTRICTIONS) : NULL;

  self->categories = dup_content (file, type, "DCA");
  self->restrictions = dup_content (file, type, "DCB");
  if (is_ours (file) && class != NULL && described != NULL)
    {
      g_autofree char *short_form = plt_aamva_write_class (described);

      if (!g_str_equal (short_form, class))
        return refuse_contents ("DCA", error);
      g_free (self->categories);
      self->categories = g_strdup (described);
    }
  if (restriction != NULL && listed != NULL)
    {
      g_autofree char *short_form = plt_aamva_write_restrictions (listed);

      if (!g_str_equal (short_form, restriction))
        return refuse_contents ("DCB", error);
      g_free (self->restrictions);
      self->restrictions = g_strdup (listed);
    }

  return TRUE;
}

static gboolean
is_marked (PltAamvaFile *file)
{
  const char *mark = plt_aamva_file_get (file, PLT_AAMVA_OWN_TYPE, PLT_AAMVA_OWN_MARK);

  return mark != NULL && strstr (mark, "SPECIMEN") != NULL;
}

/**
 * plt_aamva_licence_new_from_file:
 * @error: of plt_aamva_file_check(), or %PLT_ISO_ERROR_INVALID where the file contradicts itself
 *
 * Returns: (transfer full) (nullable): the licence or identity card in it
 */
PltAamvaLicence *
plt_aamva_licence_new_from_file (PltAamvaFile  *file,
                                 GError       **error)
{
  g_autoptr (PltAamvaLicence) self = g_new0 (PltAamvaLicence, 1);
  const char *type;

  g_return_val_if_fail (file != NULL, NULL);

  if (!plt_aamva_file_check (file, error))
    return NULL;
  type = ((PltAamvaSubfile *) g_ptr_array_index (file->subfiles, 0))->type;
  self->country = dup_content (file, type, "DCG");
  if (!read_dates (self, file, type, error) || !read_lists (self, file, type, error))
    return NULL;
  self->family_name = dup_content (file, type, "DCS");
  self->first_name = dup_content (file, type, "DAC");
  self->middle_names = dup_content (file, type, "DAD");
  self->family_name_cut = g_str_equal (plt_aamva_file_get (file, type, "DDE"), "T");
  self->first_name_cut = g_str_equal (plt_aamva_file_get (file, type, "DDF"), "T");
  self->middle_names_cut = g_str_equal (plt_aamva_file_get (file, type, "DDG"), "T");
  self->sex = read_sex (plt_aamva_file_get (file, type, "DBC"));
  self->address = dup_content (file, type, "DAG");
  self->address_2 = dup_content (file, type, "DAH");
  self->licence_number = dup_content (file, type, "DAQ");
  self->document_discriminator = dup_content (file, type, "DCF");
  self->specimen = is_marked (file);

  return g_steal_pointer (&self);
}
