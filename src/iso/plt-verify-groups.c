/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies the files of a licence's chip: passive authentication of ISO/IEC 18013-3, that is EF.SOD's
 * signature, each group's hash, and that EF.COM, which is not signed, lists what EF.SOD does. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs7.h>
#include <string.h>

#define TAG_COM 0x60
#define TAG_SOD 0x77
#define TAG_COM_VERSION 0x5F01
#define TAG_COM_LIST 0x5C
#define TAG_COM_INDICATORS 0x86
#define MAX_FILES 20
#define MAX_GROUP 16

static const struct
{
  guint tag;
  guint number;
} groups[] = {
  { 0x61, 1 }, { 0x6B, 2 }, { 0x6C, 3 },  { 0x65, 4 },  { 0x67, 5 },  { 0x75, 6 },  { 0x63, 7 },
  { 0x76, 8 }, { 0x70, 9 }, { 0x6D, 11 }, { 0x62, 11 }, { 0x71, 12 }, { 0x6F, 13 }, { 0x6E, 14 },
};

/* Each file from its tag on, without padding. */
typedef struct
{
  PltByteReader group[MAX_GROUP]; /* by number; length 0: not there */
  PltByteReader com, sod;
  guint         hashed;           /* bit n: EF.SOD names group n */
} Files;

static guint
find_number (guint tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].tag == tag)
      return groups[i].number;
  return 0;
}

/* Chips pad with zeros or ones behind a file. */
static gboolean
is_padding (PltByteReader reader)
{
  for (gsize i = reader.position; i < reader.length; i++)
    if (reader.data[i] != 0 && reader.data[i] != 0xFF)
      return FALSE;
  return TRUE;
}

static gboolean
sort_in (Files         *files,
         guint          tag,
         PltByteReader  whole)
{
  PltByteReader *place = tag == TAG_COM   ? &files->com
                         : tag == TAG_SOD ? &files->sod
                                          : &files->group[find_number (tag)];

  if (place == &files->group[0] || place->length != 0)
    return FALSE;
  *place = whole;
  return TRUE;
}

/* One file, or several on end. */
static gboolean
split (Files  *files,
       GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  PltByteReader reader = plt_byte_reader_init (data, length);
  gsize n = 0;

  while (plt_byte_reader_left (&reader) > 0 && !(n > 0 && is_padding (reader)))
    {
      gsize start = reader.position;
      PltByteReader value;
      guint tag;

      if (n++ == MAX_FILES || !plt_byte_reader_take_tlv (&reader, &tag, &value) ||
          !sort_in (files, tag, plt_byte_reader_init (data + start, reader.position - start)))
        return FALSE;
    }
  return n > 0;
}

static gboolean
open_file (PltByteReader  whole,
           PltByteReader *content)
{
  guint tag;

  return plt_byte_reader_take_tlv (&whole, &tag, content);
}

/* Of one value inside of a constructed one. */
static gboolean
find_value (PltByteReader  content,
            guint          wanted,
            PltByteReader *value)
{
  guint tag;

  while (plt_byte_reader_take_tlv (&content, &tag, value))
    if (tag == wanted)
      return TRUE;
  return FALSE;
}

static void
read_portrait (PltVerifyFinding *finding,
               PltByteReader     whole)
{
  PltByteReader content, container, image;

  if (open_file (whole, &content) &&
      (find_value (content, 0xA1, &container) || find_value (content, 0xA2, &container)) &&
      find_value (container, 0x5F40, &image))
    plt_verify_claim_portrait (finding, image.data, image.length);
  else
    plt_verify_problem (finding, _("Data group 4 holds no portrait that can be read."));
}

static void
read_stored_mrz (PltVerifyFinding *finding,
                 PltByteReader     whole)
{
  PltByteReader content, line;
  g_autofree char *text = NULL;

  if (!open_file (whole, &content) || !find_value (content, 0x82, &line) || line.length < 2)
    return;
  text = plt_verify_latin1 (line.data + 1, line.length - 1);
  plt_verify_claim_other (finding, _("Machine-readable line in the chip"), text);
}

/* Of this issuer's making: what has no place in the other groups. */
static void
read_domestic (PltVerifyFinding *finding,
               PltByteReader     whole)
{
  static const char specimen[] = "SPECIMEN";
  PltByteReader content, value;
  g_autofree char *number = NULL;

  if (!open_file (whole, &content))
    return;
  if (find_value (content, 0x53, &value) && value.length == strlen (specimen) &&
      memcmp (value.data, specimen, value.length) == 0)
    finding->specimen = TRUE;
  if (!find_value (content, 0x5F0D, &value))
    return;
  number = plt_verify_latin1 (value.data, value.length);
  plt_verify_claim_other (finding, _("Administrative number"), number);
}

static void
tell_group (PltVerifyFinding *finding,
            guint             number,
            PltByteReader     whole)
{
  static const char *const titles[MAX_GROUP] = {
    NULL, N_("holder and categories"), N_("further data of the holder"), N_("further data of the authority"),
    N_("portrait"), N_("signature"), N_("face record"), N_("fingerprints"), N_("iris"), N_("other biometrics"), NULL,
    N_("domestic data"), N_("stored machine-readable line"), N_("key of the chip"), N_("keys of extended access"), NULL,
  };
  g_autofree char *title = g_strdup_printf (_("Data group %u"), number);

  plt_verify_detail (finding, title, _("%s, %u bytes"), titles[number] != NULL ? _(titles[number]) : "—",
                     (guint) whole.length);
  if (number == 2 || number == 3)
    plt_verify_remark (finding, _("Data group %u is not read: its encoding could not be confirmed against the "
                                  "standard. Its hash is checked."), number);
}

static void
read_groups (PltVerifyFinding *finding,
             const Files      *files)
{
  for (guint i = 1; i < MAX_GROUP; i++)
    if (files->group[i].length > 0)
      tell_group (finding, i, files->group[i]);
  if (files->group[1].length > 0 &&
      !plt_verify_read_dg1 (finding, files->group[1].data, files->group[1].length))
    plt_verify_problem (finding, _("Data group 1 is not that of a driving licence: it cannot be read to its end."));
  if (files->group[4].length > 0)
    read_portrait (finding, files->group[4]);
  if (files->group[11].length > 0)
    read_domestic (finding, files->group[11]);
  if (files->group[12].length > 0)
    read_stored_mrz (finding, files->group[12]);
}

/* ---- EF.SOD ---- */

static gnutls_digest_algorithm_t
find_hash (PltByteReader oid)
{
  static const guint8 nist[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02 };

  if (oid.length != sizeof nist + 1 || memcmp (oid.data, nist, sizeof nist) != 0)
    return GNUTLS_DIG_UNKNOWN;
  switch (oid.data[sizeof nist])
    {
    case 1: return GNUTLS_DIG_SHA256;
    case 2: return GNUTLS_DIG_SHA384;
    case 3: return GNUTLS_DIG_SHA512;
    default: return GNUTLS_DIG_UNKNOWN;
    }
}

static void
check_group (PltVerifyFinding          *finding,
             Files                     *files,
             guint                      number,
             gnutls_digest_algorithm_t  hash,
             PltByteReader              expected)
{
  PltByteReader whole = files->group[number];
  guint8 digest[64];

  files->hashed |= 1u << number;
  if (whole.length == 0)
    plt_verify_remark (finding, _("Data group %u was signed, too, and was not given: nothing is said about it."), number);
  else if (gnutls_hash_get_len (hash) != expected.length ||
           gnutls_hash_fast (hash, whole.data, whole.length, digest) < 0 ||
           memcmp (digest, expected.data, expected.length) != 0)
    plt_verify_problem (finding, _("Data group %u is not the one that was signed: it was changed, or belongs to another "
                                   "licence."), number);
}

/* SEQUENCE { 0, algorithm, SEQUENCE OF SEQUENCE { number, hash } } */
static gboolean
check_hashes (PltVerifyFinding *finding,
              Files            *files,
              PltByteReader     object)
{
  PltByteReader content, version, algorithm, oid, list, entry, number, expected;
  gnutls_digest_algorithm_t hash;
  guint tag;

  if (!plt_byte_reader_take_tlv (&object, &tag, &content) || tag != 0x30 ||
      plt_byte_reader_left (&object) != 0 || !plt_byte_reader_take_tlv (&content, &tag, &version) ||
      tag != 0x02 || !plt_byte_reader_take_tlv (&content, &tag, &algorithm) || tag != 0x30 ||
      !plt_byte_reader_take_tlv (&algorithm, &tag, &oid) || tag != 0x06 ||
      !plt_byte_reader_take_tlv (&content, &tag, &list) || tag != 0x30)
    return FALSE;
  hash = find_hash (oid);
  if (hash == GNUTLS_DIG_UNKNOWN)
    return FALSE;
  while (plt_byte_reader_left (&list) > 0)
    {
      if (!plt_byte_reader_take_tlv (&list, &tag, &entry) || tag != 0x30 ||
          !plt_byte_reader_take_tlv (&entry, &tag, &number) || tag != 0x02 || number.length != 1 ||
          number.data[0] < 1 || number.data[0] >= MAX_GROUP ||
          (files->hashed & 1u << number.data[0]) != 0 ||
          !plt_byte_reader_take_tlv (&entry, &tag, &expected) || tag != 0x04)
        return FALSE;
      check_group (finding, files, number.data[0], hash, expected);
    }
  return TRUE;
}

/* Its version 1.0, the list, and perhaps what else is secured (86): nothing that a reader would have to guess. */
static gboolean
read_com (PltByteReader  content,
          PltByteReader *list)
{
  PltByteReader version, indicators;
  guint tag;

  return plt_byte_reader_take_tlv (&content, &tag, &version) && tag == TAG_COM_VERSION &&
         version.length == 2 && version.data[0] == 1 && version.data[1] == 0 &&
         plt_byte_reader_take_tlv (&content, &tag, list) && tag == TAG_COM_LIST &&
         (plt_byte_reader_left (&content) == 0 ||
          (plt_byte_reader_take_tlv (&content, &tag, &indicators) && tag == TAG_COM_INDICATORS &&
           plt_byte_reader_left (&content) == 0));
}

/* What was signed and what EF.COM says is there must be the same, or somebody took a group away. */
static void
check_com (PltVerifyFinding *finding,
           const Files      *files)
{
  PltByteReader content, list;
  guint listed = 0;

  for (guint i = 1; i < MAX_GROUP; i++)
    if (files->group[i].length > 0 && (files->hashed & 1u << i) == 0)
      plt_verify_problem (finding, _("Data group %u was not signed: somebody put it there."), i);
  if (files->com.length == 0)
    return;
  if (!open_file (files->com, &content) || !read_com (content, &list))
    {
      plt_verify_problem (finding, _("EF.COM cannot be read."));
      return;
    }
  for (gsize i = 0; i < list.length; i++)
    listed |= 1u << find_number (list.data[i]);
  if (listed != files->hashed)
    plt_verify_problem (finding, _("EF.COM does not list the data groups that were signed: the list was changed, or the "
                                   "files are of two licences."));
}

/* Passports' identifier, and the arc of ISO/IEC 18013-3, whose own could not be confirmed. */
static gboolean
is_security_object (const char *oid)
{
  return oid != NULL && (g_str_equal (oid, "2.23.136.1.1.1") || g_str_has_prefix (oid, "1.0.18013.3."));
}

static gint64
get_issue_time (const PltVerifyFinding *finding)
{
  const PltVerifyClaim *claim = plt_verify_finding_get_claim (finding, PLT_VERIFY_FIELD_ISSUE_DATE);
  PltDate date;

  return claim != NULL && plt_date_parse_iso (claim->value, &date) ? plt_date_to_unix (date) : 0;
}

static gboolean
judge_sod (PltVerifyFinding *finding,
           PltVerifyKeys    *keys,
           Files            *files,
           gnutls_pkcs7_t    p7,
           GBytes           *message)
{
  gnutls_datum_t content = { 0 };
  gboolean whole;

  if (gnutls_pkcs7_get_embedded_data (p7, 0, &content) < 0)
    return FALSE;
  whole = is_security_object (gnutls_pkcs7_get_embedded_data_oid (p7)) &&
          check_hashes (finding, files, plt_byte_reader_init (content.data, content.size));
  gnutls_free (content.data);
  if (!whole)
    return FALSE;
  plt_verify_judge_cms (finding, keys, p7, message, NULL, PLT_VERIFY_PURPOSE_DOCUMENT,
                        get_issue_time (finding));
  check_com (finding, files);
  return TRUE;
}

static void
verify_sod (PltVerifyFinding *finding,
            PltVerifyKeys    *keys,
            Files            *files)
{
  PltByteReader cms = { 0 };
  g_autoptr (GBytes) message = NULL;
  gnutls_pkcs7_t p7 = NULL;
  gboolean judged = FALSE;

  if (open_file (files->sod, &cms) && gnutls_pkcs7_init (&p7) >= 0)
    {
      message = g_bytes_new (cms.data, cms.length);
      judged = gnutls_pkcs7_import (p7,
                                    &(gnutls_datum_t){ (unsigned char *) cms.data,
                                                       (unsigned int) cms.length },
                                    GNUTLS_X509_FMT_DER) >= 0 &&
               judge_sod (finding, keys, files, p7, message);
    }
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);
  if (judged)
    return;
  finding->seal = PLT_VERIFY_SEAL_BROKEN;
  plt_verify_problem (finding, _("EF.SOD is not a signed list of data groups: it is damaged, or not that of a licence."));
}

static PltVerifyFinding *
judge (Files         *files,
       PltVerifyKeys *keys)
{
  PltVerifyFinding *finding = plt_verify_finding_new (PLT_VERIFY_FORM_GROUPS,
                                                      _("Data groups of a licence’s chip"));

  plt_verify_detail (finding, _("Form"), "ISO/IEC 18013-2, standard encoding");
  read_groups (finding, files);
  plt_verify_set_claimed_days (finding);
  if (files->sod.length > 0)
    verify_sod (finding, keys, files);
  else
    {
      finding->seal = PLT_VERIFY_SEAL_MISSING;
      plt_verify_remark (finding, _("EF.SOD was not given, so nobody can say whether this is genuine. Give all files of "
                                    "the chip at once."));
    }
  return finding;
}

/* @files: (element-type GBytes): of one licence, in any order */
GPtrArray *
plt_verify_read_groups (GPtrArray      *bytes,
                        PltVerifyKeys  *keys,
                        GError        **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  Files files = { 0 };

  for (guint i = 0; i < bytes->len; i++)
    if (!split (&files, bytes->pdata[i]))
      {
        plt_verify_refuse (error, _("The files are not those of one licence’s chip: one is damaged, unknown, or there "
                                    "twice."));
        return NULL;
      }
  if (files.sod.length > 0 && files.group[1].length == 0)
    {
      plt_verify_refuse (error, _("Data group 1, which says whose licence it is, is missing, or damaged. Give all files of "
                                  "the chip at once."));
      return NULL;
    }
  g_ptr_array_add (findings, judge (&files, keys));
  return g_steal_pointer (&findings);
}

gboolean
plt_verify_is_group (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length > 3 && (data[0] == TAG_COM || data[0] == TAG_SOD || find_number (data[0]) != 0);
}

gboolean
plt_verify_read_group (GBytes         *bytes,
                       PltVerifyKeys  *keys,
                       GPtrArray      *findings,
                       GError        **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) read = NULL;

  g_ptr_array_add (one, bytes);
  read = plt_verify_read_groups (one, keys, error);
  if (read == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&read));
  return TRUE;
}
