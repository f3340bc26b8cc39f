/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the two forms that carry no signature: the AAMVA barcode and the machine-readable line. What they say
 * can be compared with the record, and that is all they are good for. */
#include "plt-verify-private.h"

#include "plt-aamva.h"
#include "plt-mrz-fields.h"
#include "plt-mrz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
claim_name (PltVerifyFinding *finding,
            PltVerifyField    field,
            const char       *name,
            gboolean          cut)
{
  /* Translators: a name that did not fit whole. */
  g_autofree char *text = cut && *name != '\0' ? g_strconcat (name, "…", NULL) : g_strdup (name);

  plt_verify_claim (finding, field, text);
}

static void
claim_licence (PltVerifyFinding      *finding,
               const PltAamvaLicence *licence)
{
  g_autofree char *address = g_strstrip (g_strjoin (" ", licence->address, licence->address_2, NULL));
  g_autofree char *given = *licence->middle_names != '\0'
                             ? g_strjoin (",", licence->first_name, licence->middle_names, NULL)
                             : g_strdup (licence->first_name);

  claim_name (finding, PLT_VERIFY_FIELD_FAMILY_NAME, licence->family_name, licence->family_name_cut);
  claim_name (finding, PLT_VERIFY_FIELD_GIVEN_NAMES, given,
              licence->first_name_cut || licence->middle_names_cut);
  plt_verify_claim_date (finding, PLT_VERIFY_FIELD_BIRTH_DATE, licence->birth_date);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_SEX, licence->sex);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_ADDRESS, address);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_LICENCE_NUMBER, licence->licence_number);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_DOCUMENT_NUMBER, licence->document_discriminator);
  plt_verify_claim_date (finding, PLT_VERIFY_FIELD_ISSUE_DATE, licence->issue_date);
  plt_verify_claim_date (finding, PLT_VERIFY_FIELD_EXPIRY_DATE, licence->expiry_date);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_CATEGORIES, licence->categories);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_RESTRICTIONS, licence->restrictions);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_COUNTRY, licence->country);
  plt_verify_set_days (finding, licence->issue_date, licence->expiry_date);
  finding->specimen = licence->specimen;
}

/* A file of another member may say a licence in elements of its own: then each element is told by its name. */
static void
claim_elements (PltVerifyFinding *finding,
                PltAamvaFile     *file)
{
  for (guint i = 0; i < file->subfiles->len; i++)
    {
      const PltAamvaSubfile *subfile = file->subfiles->pdata[i];

      for (guint n = 0; n < subfile->elements->len && n < 100; n++)
        {
          const PltAamvaElement *element = subfile->elements->pdata[n];

          plt_verify_claim_other (finding, element->id, element->value);
        }
    }
}

/* Other members' files may be without a flaw; what is wrong with ours is. */
static void
judge_aamva (PltVerifyFinding *finding,
             PltAamvaFile     *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltAamvaLicence) licence = plt_aamva_licence_new_from_file (file, &error);

  plt_verify_detail (finding, _("Form"), "AAMVA DL/ID, %02d", file->version);
  plt_verify_detail (finding, _("Issuer identification number"), "%s", file->issuer);
  if (licence != NULL)
    claim_licence (finding, licence);
  else
    {
      claim_elements (finding, file);
      if (g_str_equal (file->issuer, PLT_AAMVA_ISSUER))
        plt_verify_problem (finding, "%s", error->message);
      else
        plt_verify_remark (finding, "%s", error->message);
    }
  g_clear_error (&error);
  if (licence != NULL && !plt_aamva_file_check (file, &error))
    plt_verify_remark (finding, "%s", error->message);
  plt_verify_remark (finding, _("This barcode has no signature: anybody can print one. Compare with the record and verify "
                                "another code of the card."));
}

gboolean
plt_verify_read_aamva (GBytes         *bytes,
                       PltVerifyKeys  *keys,
                       GPtrArray      *findings,
                       GError        **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (PltVerifyFinding) finding = plt_verify_finding_new (PLT_VERIFY_FORM_AAMVA,
                                                                 _("AAMVA barcode of a licence"));
  g_autoptr (PltAamvaFile) file = plt_aamva_file_read (bytes, error);

  /* As a keyboard types it, whose control characters are what they can be. */
  if (file == NULL && g_utf8_validate (text, -1, NULL) && plt_aamva_is_typed (text))
    {
      g_clear_error (error);
      file = plt_aamva_file_read_typed (text, error);
    }
  if (file == NULL)
    return FALSE;
  judge_aamva (finding, file);
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}

/* ---- one line of thirty characters ---- */

static char *
dup_part (const char *line,
          gsize       from,
          gsize       to)
{
  char *part = g_strndup (line + from, to - from);

  for (gsize end = strlen (part); end > 0 && part[end - 1] == '<';)
    part[--end] = '\0';
  return part;
}

static void
claim_part (PltVerifyFinding *finding,
            PltVerifyField    field,
            const char       *line,
            gsize             from,
            gsize             to)
{
  g_autofree char *part = dup_part (line, from, to);

  plt_verify_claim (finding, field, part);
}

/* YYMMDD of a card's end, which lies in this century. */
static void
claim_expiry (PltVerifyFinding *finding,
              const char       *line)
{
  g_autofree char *iso = g_strdup_printf ("20%.2s-%.2s-%.2s", line + 15, line + 17, line + 19);
  PltDate date = { 0 };

  if (!plt_date_parse_iso (iso, &date))
    {
      plt_verify_problem (finding, _("The line’s date of expiry is no day of the calendar."));
      return;
    }
  plt_verify_claim_date (finding, PLT_VERIFY_FIELD_EXPIRY_DATE, date);
  plt_verify_set_days (finding, (PltDate) { 0 }, date);
}

static gboolean
is_french (const char *line)
{
  return line[14] - '0' == plt_mrz_check_digit (line, 14) && strspn (line + 15, "0123456789") >= 6;
}

gboolean
plt_verify_read_mrz (GBytes         *bytes,
                     PltVerifyKeys  *keys,
                     GPtrArray      *findings,
                     GError        **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *line = g_strstrip (g_strndup (data, MIN (length, 100)));
  g_autoptr (PltVerifyFinding) finding =
    plt_verify_finding_new (PLT_VERIFY_FORM_MRZ, _("Machine-readable line of a licence"));

  if (!plt_mrz_verify (line, error))
    return FALSE;
  claim_part (finding, PLT_VERIFY_FIELD_COUNTRY, line, 2, 5);
  if (is_french (line))
    {
      plt_verify_detail (finding, _("Form"), _("one line, in the French manner"));
      claim_part (finding, PLT_VERIFY_FIELD_LICENCE_NUMBER, line, 5, 14);
      claim_expiry (finding, line);
      claim_part (finding, PLT_VERIFY_FIELD_FAMILY_NAME, line, 21, 29);
    }
  else
    {
      plt_verify_detail (finding, _("Form"), _("one line, in the Dutch manner"));
      claim_part (finding, PLT_VERIFY_FIELD_LICENCE_NUMBER, line, 6, 16);
    }
  plt_verify_remark (finding, _("The check digits are right, but the line has no signature: anybody can print one. Compare with "
                                "the record and verify another code of the card."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}

/* Names in the zone end where they were cut, and nothing in it is proved by a digit. */
gboolean
plt_verify_read_zone (GBytes         *bytes,
                      PltVerifyKeys  *keys,
                      GPtrArray      *findings,
                      GError        **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (PltMrz) mrz = plt_mrz_read (text, error);
  g_autoptr (PltVerifyFinding) finding = NULL;

  if (mrz == NULL)
    return FALSE;
  finding = plt_verify_finding_new (PLT_VERIFY_FORM_MRZ, _("Machine-readable lines of a licence"));
  plt_verify_detail (finding, _("Form"), _("three lines, in the Swiss manner"));
  plt_verify_claim (finding, PLT_VERIFY_FIELD_COUNTRY, mrz->issuing_state);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_LICENCE_NUMBER, mrz->number);
  plt_verify_claim (finding, PLT_VERIFY_FIELD_FAMILY_NAME, g_strdelimit (mrz->family_name, " ", '<'));
  if (*mrz->given_names != '\0')
    plt_verify_claim (finding, PLT_VERIFY_FIELD_GIVEN_NAMES, g_strdelimit (mrz->given_names, " ", '<'));
  plt_verify_claim_other (finding, _("Born (year, month, day)"), mrz->birth);
  plt_verify_claim_other (finding, _("Number of the card blank"), mrz->blank_number);
  plt_verify_claim_other (finding, _("Version of the licence"), mrz->version);
  plt_verify_remark (finding, _("These lines have neither check digits nor a signature: anybody can print them. Compare with the "
                                "record and verify another code of the card."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}
