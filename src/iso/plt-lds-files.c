/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knows the files of a licence's chip (ISO/IEC 18013-2, Annex C) and makes the set of them. */
#include "plt-lds-files.h"

#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>

#define STANDARD "ISO/IEC 18013-2 "

/* Passports use other tags for the same numbers: nothing here comes from theirs. */
static const PltLdsFileKind kinds[] = {
  { PLT_LDS_COM, 0x60, 0x001E, 0x1E, "ef.com", STANDARD "EF.COM" },
  { 1, 0x61, 0x0001, 0x01, "dg1.bin", STANDARD "data group 1: licence" },
  { 2, 0x6B, 0x0002, 0x02, "dg2.bin", STANDARD "data group 2: holder" },
  { 3, 0x6C, 0x0003, 0x03, "dg3.bin", STANDARD "data group 3: authority" },
  { 4, 0x65, 0x0004, 0x04, "dg4.bin", STANDARD "data group 4: portrait" },
  { 5, 0x67, 0x0005, 0x05, "dg5.bin", STANDARD "data group 5: signature" },
  { 6, 0x75, 0x0006, 0x06, "dg6.bin", STANDARD "data group 6: face" },
  { 7, 0x63, 0x0007, 0x07, "dg7.bin", STANDARD "data group 7: fingerprint" },
  { 8, 0x76, 0x0008, 0x08, "dg8.bin", STANDARD "data group 8: iris" },
  { 9, 0x70, 0x0009, 0x09, "dg9.bin", STANDARD "data group 9: other biometric data" },
  { 11, 0x6D, 0x000B, 0x0B, "dg11.bin", STANDARD "data group 11: domestic data" },
  { 12, 0x71, 0x000C, 0x0C, "dg12.bin", STANDARD "data group 12: machine-readable line" },
  { 13, 0x6F, 0x000D, 0x0D, "dg13.bin", STANDARD "data group 13: key of the chip" },
  { 14, 0x6E, 0x000E, 0x0E, "dg14.bin", STANDARD "data group 14: extended access" },
  { PLT_LDS_SOD, 0x77, 0x001D, 0x1D, "ef.sod", "ISO/IEC 18013-3 EF.SOD" },
};

void
plt_lds_file_free (PltLdsFile *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

const PltLdsFileKind *
plt_lds_file_kind (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].number == number)
        return &kinds[i];
    }

  return NULL;
}

const PltLdsFileKind *
plt_lds_file_kind_of_tag (guint tag)
{
  if (tag == PLT_LDS_TAG_DG11_OLD)
    return plt_lds_file_kind (11);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].tag == tag)
        return &kinds[i];
    }

  return NULL;
}

/**
 * plt_lds_refuse_group:
 * @number: of a group that is not made here
 * @error: (out): set to %PLT_ISO_ERROR_UNCONFIRMED with the reason
 */
void
plt_lds_refuse_group (guint    number,
                      GError **error)
{
  const char *why = _("which data group has this number is not known here");

  switch (number)
    {
    case 2:
    case 3:
      why = _("the tags of its elements in standard encoding could not be confirmed");
      break;
    case 7:
    case 8:
    case 9:
      why = _("no biometric templates are taken here");
      break;
    case 10:
      why = _("the number is reserved");
      break;
    case 13:
    case 14:
      why = _("the keys of a chip are made in the chip, which is personalised elsewhere");
      break;
    default:
      break;
    }
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
               /* Translators: the number of a data group, then why there is none. */
               _("Data group %u of ISO/IEC 18013-2 was not made: %s."), number, why);
}

/**
 * plt_lds_build_group:
 * @number: 1 … 14
 * @data: the licence
 * @profile: how
 * @error: of the group's own builder; %PLT_ISO_ERROR_UNCONFIRMED with the reason for one that is not
 *   made here: DG2 and DG3, whose tags could not be confirmed, biometric templates, keys of the chip
 *
 * Returns: (transfer full) (nullable): the whole file from its tag on
 */
GBytes *
plt_lds_build_group (guint                 number,
                     PltLicenceData       *data,
                     const PltLdsProfile  *profile,
                     GError              **error)
{
  g_return_val_if_fail (data != NULL && profile != NULL, NULL);

  switch (number)
    {
    case 1:
      return profile->form == PLT_LDS_FORM_EU ? plt_lds_build_dg1_eu (data, error)
                                              : plt_lds_build_dg1 (data, error);
    case 4:
      return plt_lds_build_dg4 (data, error);
    case 5:
      return plt_lds_build_dg5 (data, error);
    case 6:
      return plt_lds_build_dg6 (data, error);
    case 11:
      return plt_lds_build_dg11 (data, error);
    case 12:
      return plt_lds_build_dg12 (profile->mrz, error);
    default:
      plt_lds_refuse_group (number, error);
      return NULL;
    }
}

static gboolean
is_present (guint                number,
            PltLicenceData      *data,
            const PltLdsProfile *profile)
{
  switch (number)
    {
    case 1:
      return TRUE;
    case 4:
    case 6:
      return data->portrait != NULL;
    case 5:
      return data->signature != NULL;
    case 11:
      return plt_lds_has_dg11 (data);
    case 12:
      return profile->mrz != NULL;
    default:
      return FALSE;
    }
}

/* Takes @bytes over. */
static void
add_file (GPtrArray *files,
          guint      number,
          GBytes    *bytes)
{
  PltLdsFile *file = g_new0 (PltLdsFile, 1);

  file->kind = plt_lds_file_kind (number);
  file->bytes = bytes;
  g_ptr_array_add (files, file);
}

static gboolean
add_groups (GPtrArray            *files,
            PltLicenceData       *data,
            const PltLdsProfile  *profile,
            GError              **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GBytes *bytes;

      if (!is_present (kinds[i].number, data, profile))
        continue;
      bytes = plt_lds_build_group (kinds[i].number, data, profile, error);
      if (bytes == NULL)
        return FALSE;
      add_file (files, kinds[i].number, bytes);
    }

  return TRUE;
}

static GBytes *
build_com (GPtrArray *groups)
{
  guint8 tags[G_N_ELEMENTS (kinds)];

  for (guint i = 0; i < groups->len; i++)
    tags[i] = ((PltLdsFile *) groups->pdata[i])->kind->tag;

  return plt_lds_build_com (tags, groups->len);
}

static GBytes *
build_sod (GPtrArray     *groups,
           PltIssuerKey  *key,
           GError       **error)
{
  PltLdsGroup signed_groups[G_N_ELEMENTS (kinds)];

  for (guint i = 0; i < groups->len; i++)
    {
      PltLdsFile *file = groups->pdata[i];

      signed_groups[i] = (PltLdsGroup) { (guint8) file->kind->number, file->bytes };
    }

  return plt_lds_build_sod (signed_groups, groups->len, key, error);
}

/**
 * plt_lds_build_files:
 * @data: the licence, with its pictures where DG4 to DG6 are wanted
 * @profile: how
 * @key: (nullable): the key for data groups, with its certificate; %NULL makes no EF.SOD
 * @error: of plt_lds_build_group() and plt_lds_build_sod()
 *
 * DG1, and each other group that @data has something for, in ascending order, then EF.COM, which
 * names exactly these, and EF.SOD, which signs exactly these. The same inputs and a key from a file
 * give the same bytes.
 *
 * Returns: (transfer full) (element-type PltLdsFile) (nullable): the files
 */
GPtrArray *
plt_lds_build_files (PltLicenceData       *data,
                     const PltLdsProfile  *profile,
                     PltIssuerKey         *key,
                     GError              **error)
{
  g_autoptr (GPtrArray) files =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_lds_file_free);
  GBytes *com;
  GBytes *sod = NULL;

  g_return_val_if_fail (data != NULL && profile != NULL, NULL);
  g_return_val_if_fail (key == NULL || PLT_IS_ISSUER_KEY (key), NULL);

  if (!add_groups (files, data, profile, error))
    return NULL;
  com = build_com (files);
  if (key != NULL)
    {
      sod = build_sod (files, key, error);
      if (sod == NULL)
        {
          g_bytes_unref (com);
          return NULL;
        }
    }
  add_file (files, PLT_LDS_COM, com);
  if (sod != NULL)
    add_file (files, PLT_LDS_SOD, sod);

  return g_steal_pointer (&files);
}

/**
 * plt_lds_find_file:
 * @files: (element-type PltLdsFile): a set
 * @number: of the group, %PLT_LDS_COM or %PLT_LDS_SOD
 *
 * Returns: (transfer none) (nullable): its bytes
 */
GBytes *
plt_lds_find_file (GPtrArray *files,
                   guint      number)
{
  for (guint i = 0; i < files->len; i++)
    {
      PltLdsFile *file = files->pdata[i];

      if (file->kind->number == number)
        return file->bytes;
    }

  return NULL;
}
