/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a personalisation package: the signature of its list, that the archive holds what the list names
 * and nothing else, each hash, and each file by its own reader. Read in one pass, one card in memory at a
 * time; nothing is unpacked to the disk. */
#include "plt-verify-private.h"

#include "plt-archive.h"
#include "plt-card-file.h"
#include "plt-package.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define MAX_SIGNATURE (64 * 1024)
#define MAX_TOLD 20
#define MAX_NAME 120

typedef struct
{
  PltArchiveReader *archive;
  PltVerifyKeys    *keys;
  PltVerifyFinding *finding;  /* of the package */
  GPtrArray        *findings; /* of what is in it, where it is one card's */
  PltPackage       *package;
  GHashTable       *listed;   /* path → itself: what was not found yet */
  GHashTable       *found;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->archive, plt_archive_reader_free);
  g_clear_pointer (&self->finding, plt_verify_finding_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->package, plt_package_free);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* What is wrong with thousands of cards fills no window. */
static void G_GNUC_PRINTF (2, 3)
tell (Reading    *self,
      const char *format,
      ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  if (self->finding->problems->len > MAX_TOLD)
    return;
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  plt_verify_problem (self->finding, "%s", self->finding->problems->len < MAX_TOLD ? sentence : _("More is wrong than is told here."));
}

/* For people: bounded, and without what could write elsewhere on a screen. */
static char *
dup_shown (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, (gssize) MIN (strlen (name), MAX_NAME));
  g_autoptr (GString) shown = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (shown,
                             g_unichar_isprint (g_utf8_get_char (at)) ? g_utf8_get_char (at) : '?');
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static gboolean
leads_out (const char *name)
{
  return name[0] == '/' || strchr (name, '\\') != NULL || strchr (name, ':') != NULL ||
         g_str_equal (name, "..") || g_str_has_prefix (name, "../") ||
         g_str_has_suffix (name, "/..") || strstr (name, "/../") != NULL;
}

static void
tell_unlisted (Reading    *self,
               const char *name)
{
  g_autofree char *shown = dup_shown (name);

  if (leads_out (name))
    tell (self, _("The archive has a file whose name “%s” leads out of the archive’s own folder. Do not unpack it; show it to an "
                  "administrator."), shown);
  else if (g_hash_table_contains (self->found, name) || g_str_equal (name, PLT_PACKAGE_MANIFEST) ||
           g_str_equal (name, PLT_PACKAGE_SIGNATURE))
    tell (self, _("The file “%s” is in the archive twice, so nobody can say which of the two is meant."), shown);
  else
    tell (self, _("The file “%s” is in the archive, but not in its list."), shown);
}

/* ---- one card ---- */

typedef struct
{
  GBytes    *card_file;
  GPtrArray *chip; /* GBytes */
} Contents;

static void
clear_contents (Contents *self)
{
  g_clear_pointer (&self->card_file, g_bytes_unref);
  g_clear_pointer (&self->chip, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, clear_contents)

/* Without sentinels and check (ISO/IEC 7811-2, 7811-6). */
static void
check_track (Reading              *self,
             const PltPackageFile *file,
             GBytes               *bytes)
{
  static const struct { const char *characters; gsize most; } tracks[] = {
    { " #$()-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ[]\\\"&'*+,:;<=>@_^!", 76 }, { "0123456789=:<>", 37 },
    { "0123456789=:<>", 104 },
  };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);

  if (strlen (text) == length && length > 0 && length <= tracks[file->number - 1].most &&
      strspn (text, tracks[file->number - 1].characters) == length)
    return;
  tell (self, _("“%s” is not what a track of a magnetic stripe can hold (ISO/IEC 7811)."), file->path);
}

static void
take_file (Reading              *self,
           const PltPackageFile *file,
           Contents             *contents)
{
  g_autoptr (GError) error = NULL;
  gsize limit = MIN (file->size, PLT_VERIFY_MAX_BYTES);
  g_autoptr (GBytes) bytes = plt_archive_reader_read (self->archive, limit, &error);
  g_autofree char *sha256 = bytes != NULL ? plt_card_file_hash (bytes) : NULL;

  if (bytes == NULL)
    tell (self, _("“%s” is not the file of the list. %s"), file->path, error->message);
  else if (g_bytes_get_size (bytes) != file->size || !g_str_equal (sha256, file->sha256))
    tell (self, _("“%s” is not the file of the list: it was exchanged or changed."), file->path);
  else if (file->kind == PLT_PACKAGE_TRACK)
    check_track (self, file, bytes);
  else if (file->kind == PLT_PACKAGE_CHIP)
    g_ptr_array_add (contents->chip, g_steal_pointer (&bytes));
  else
    contents->card_file = g_steal_pointer (&bytes);
}

static void
read_contents (Reading             *self,
               const PltPackageJob *job,
               const Contents      *contents,
               GPtrArray           *findings)
{
  g_autoptr (GPtrArray) chip = NULL;
  g_autoptr (GError) error = NULL;

  if (contents->card_file != NULL &&
      (g_bytes_get_size (contents->card_file) < 5 ||
       memcmp (g_bytes_get_data (contents->card_file, NULL), "%PDF-", 5) != 0 ||
       !plt_verify_read_card_file (contents->card_file, self->keys, findings, &error)))
    tell (self, _("Card %s: %s"), job->card, error != NULL ? error->message : _("Its card file is no PDF."));
  g_clear_error (&error);
  if (contents->chip->len > 0)
    chip = plt_verify_read_groups (contents->chip, self->keys, &error);
  if (chip != NULL)
    g_ptr_array_extend_and_steal (findings, g_steal_pointer (&chip));
  else if (error != NULL)
    tell (self, _("Card %s: %s"), job->card, error->message);
}

/* That all of it is of one licence and of this card. */
static void
judge_together (Reading             *self,
                const PltPackageJob *job,
                GPtrArray           *findings)
{
  const char *licence = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const PltVerifyClaim *number = plt_verify_finding_get_claim (findings->pdata[i],
                                                                   PLT_VERIFY_FIELD_LICENCE_NUMBER);
      const PltVerifyClaim *card = plt_verify_finding_get_claim (findings->pdata[i],
                                                                 PLT_VERIFY_FIELD_DOCUMENT_NUMBER);

      if (number != NULL && licence != NULL && !g_str_equal (number->value, licence))
        tell (self, _("Card %s: the card file and the files of the chip are of two licences."), job->card);
      if (card != NULL && !g_str_equal (card->value, job->card))
        tell (self, _("Card %s: its files are those of the card “%s”."), job->card, card->value);
      if (number != NULL)
        licence = number->value;
    }
}

/* Of a batch only what is wrong is told. */
static void
sum_up (Reading             *self,
        const PltPackageJob *job,
        GPtrArray           *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const PltVerifyFinding *inner = findings->pdata[i];

      for (guint k = 0; k < inner->problems->len; k++)
        tell (self, _("Card %s: %s"), job->card, (const char *) inner->problems->pdata[k]);
      if (inner->seal == PLT_VERIFY_SEAL_MISSING)
        tell (self, _("Card %s: %s"), job->card, _("Its files are not signed."));
      if (inner->seal == PLT_VERIFY_SEAL_STRANGER)
        tell (self, _("Card %s: %s"), job->card, _("Its files are signed by somebody who is not known here."));
    }
}

static void
judge_job (Reading             *self,
           const PltPackageJob *job,
           const Contents      *contents)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);

  read_contents (self, job, contents, findings);
  judge_together (self, job, findings);
  for (guint i = 0; i < findings->len; i++)
    self->finding->specimen |= ((const PltVerifyFinding *) findings->pdata[i])->specimen;
  if (self->package->jobs->len == 1)
    g_ptr_array_extend_and_steal (self->findings, g_steal_pointer (&findings));
  else
    sum_up (self, job, findings);
}

/* Whether the archive stands at the file that the list has next; if not, the reading ends. */
static gboolean
is_expected (Reading              *self,
             const PltPackageFile *file)
{
  const char *name = plt_archive_reader_get (self->archive);

  if (name != NULL && g_str_equal (name, file->path))
    return TRUE;
  if (name != NULL && !g_hash_table_contains (self->listed, name))
    tell_unlisted (self, name);
  else
    tell (self, _("The file “%s” of the list is missing from the archive, or does not stand in its place."), file->path);
  return FALSE;
}

static gboolean
go_on (Reading *self)
{
  g_autoptr (GError) error = NULL;

  if (plt_archive_reader_next (self->archive, &error))
    return TRUE;
  tell (self, "%s", error->message);
  return FALSE;
}

static gboolean
read_job (Reading             *self,
          const PltPackageJob *job)
{
  g_auto (Contents)
    contents = { NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };

  for (guint i = 0; i < job->files->len; i++)
    {
      const PltPackageFile *file = job->files->pdata[i];

      if (!is_expected (self, file))
        return FALSE;
      g_hash_table_remove (self->listed, file->path);
      g_hash_table_add (self->found, file->path);
      take_file (self, file, &contents);
      if (!go_on (self))
        return FALSE;
    }
  judge_job (self, job, &contents);
  return TRUE;
}

static void
read_jobs (Reading *self)
{
  for (guint i = 0; i < self->package->jobs->len; i++)
    if (!read_job (self, self->package->jobs->pdata[i]))
      return;
  if (plt_archive_reader_get (self->archive) != NULL)
    tell_unlisted (self, plt_archive_reader_get (self->archive));
}

/* ---- the list and its signature ---- */

static void
judge_signature (Reading *self,
                 GBytes  *manifest,
                 GBytes  *signature)
{
  gnutls_pkcs7_t p7 = NULL;
  gsize length;
  gnutls_datum_t der = { (unsigned char *) g_bytes_get_data (signature, &length), 0 };

  der.size = (unsigned int) length;
  if (gnutls_pkcs7_init (&p7) >= 0 && gnutls_pkcs7_import (p7, &der, GNUTLS_X509_FMT_DER) >= 0)
    plt_verify_judge_cms (self->finding, self->keys, p7, signature, manifest,
                          PLT_VERIFY_PURPOSE_MANIFEST, 0);
  else
    {
      self->finding->seal = PLT_VERIFY_SEAL_BROKEN;
      tell (self, "%s", _("The signature of the package is damaged: it is no message of signed data (RFC 5652)."));
    }
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);
}

static gboolean
take_signature (Reading *self,
                GBytes  *manifest)
{
  const char *name = plt_archive_reader_get (self->archive);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (name, PLT_PACKAGE_SIGNATURE) != 0)
    {
      self->finding->seal = PLT_VERIFY_SEAL_MISSING;
      plt_verify_remark (self->finding, _("The package is not signed, so nobody can say whether it is genuine."));
      return TRUE;
    }
  signature = plt_archive_reader_read (self->archive, MAX_SIGNATURE, &error);
  if (signature != NULL)
    judge_signature (self, manifest, signature);
  else
    {
      self->finding->seal = PLT_VERIFY_SEAL_BROKEN;
      tell (self, _("“%s” is not the file of the list. %s"), PLT_PACKAGE_SIGNATURE, error->message);
    }
  return go_on (self);
}

static void
describe (Reading *self)
{
  const PltPackage *package = self->package;
  PltVerifyFinding *finding = self->finding;

  if (package->office != NULL)
    plt_verify_detail (finding, _("Office"), "%s", package->office);
  if (package->batch != NULL)
    plt_verify_detail (finding, _("Batch"), "%s", package->batch);
  if (package->bureau != NULL)
    plt_verify_detail (finding, _("Bureau"), "%s", package->bureau);
  plt_verify_detail (finding, _("Cards"), "%u", package->jobs->len);
  finding->specimen = package->specimen;
  for (guint i = 0; i < package->jobs->len; i++)
    {
      const PltPackageJob *job = package->jobs->pdata[i];

      for (guint k = 0; k < job->files->len; k++)
        g_hash_table_add (self->listed, ((const PltPackageFile *) job->files->pdata[k])->path);
    }
}

static gboolean
refuse_manifest (const GError  *reason,
                 GError       **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID, _("The list “manifest.json” of the package cannot be used. %s"),
               reason->message);
  return FALSE;
}

/* The list comes first; an archive without it is something else. */
static GBytes *
take_manifest (Reading  *self,
               GError  **error)
{
  g_autoptr (GError) reason = NULL;
  const char *name;
  GBytes *manifest;

  if (!plt_archive_reader_next (self->archive, error))
    return NULL;
  name = plt_archive_reader_get (self->archive);
  if (g_strcmp0 (name, PLT_PACKAGE_MANIFEST) != 0)
    {
      plt_verify_refuse (error, name != NULL && leads_out (name)
                                  ? _("The archive has a file whose name leads out of the archive’s own folder. It was not unpacked. "
                                      "Show it to an administrator.")
                                  : _("This is an archive, but no personalisation package: that begins with its list. Unpack it and "
                                      "give the folder."));
      return NULL;
    }
  manifest = plt_archive_reader_read (self->archive, PLT_PACKAGE_MAX_MANIFEST, &reason);
  if (manifest == NULL)
    refuse_manifest (reason, error);
  return manifest;
}

/* @archive: taken over */
static gboolean
read_package (PltArchiveReader  *archive,
              PltVerifyKeys     *keys,
              GPtrArray         *findings,
              GError           **error)
{
  g_autoptr (Reading) self = g_new0 (Reading, 1);
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (GError) reason = NULL;
  const char *what;

  self->archive = archive;
  self->keys = keys;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  self->listed = g_hash_table_new (g_str_hash, g_str_equal);
  self->found = g_hash_table_new (g_str_hash, g_str_equal);
  manifest = take_manifest (self, error);
  if (manifest == NULL)
    return FALSE;
  self->package = plt_package_new_from_json (manifest, &reason);
  if (self->package == NULL)
    return refuse_manifest (reason, error);
  what = self->package->batch != NULL ? _("Personalisation package for a bureau")
                                      : _("Personalisation package of a card");
  self->finding = plt_verify_finding_new (PLT_VERIFY_FORM_PACKAGE, what);
  describe (self);
  if (go_on (self) && take_signature (self, manifest))
    read_jobs (self);
  g_ptr_array_add (findings, g_steal_pointer (&self->finding));
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&self->findings));
  return TRUE;
}

gboolean
plt_verify_read_package (GBytes         *bytes,
                         PltVerifyKeys  *keys,
                         GPtrArray      *findings,
                         GError        **error)
{
  PltArchiveReader *archive = plt_archive_reader_new (bytes, error);

  return archive != NULL && read_package (archive, keys, findings, error);
}

/**
 * plt_verify_read_package_file:
 * @path: of a package of any size, which is not read into memory
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable) (element-type PltVerifyFinding): the package’s own first; where it is of one
 *   card, those of its files behind it
 */
GPtrArray *
plt_verify_read_package_file (const char     *path,
                              PltVerifyKeys  *keys,
                              GError        **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  PltArchiveReader *archive = plt_archive_reader_open (path, error);

  return archive != NULL && read_package (archive, keys, findings, error)
           ? g_steal_pointer (&findings)
           : NULL;
}
