/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest of a personalisation package (platen-package(5)): which cards are to be made, with the
 * files that each of them needs. It names no holder. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

#define PLT_PACKAGE_MANIFEST "manifest.json"
#define PLT_PACKAGE_SIGNATURE "manifest.p7s"
#define PLT_PACKAGE_MAX_JOBS 5000
#define PLT_PACKAGE_MAX_FILES 32                    /* of one card */
#define PLT_PACKAGE_N_TRACKS 3
#define PLT_PACKAGE_MAX_MANIFEST (64 * 1024 * 1024) /* bytes; that of PLT_PACKAGE_MAX_JOBS has a quarter */

typedef enum
{
  PLT_PACKAGE_CARD_FILE, /* card.pdf */
  PLT_PACKAGE_CHIP,      /* chip/0001.bin, …: a file of the chip, by its identifier */
  PLT_PACKAGE_TRACK,     /* stripe/track1.txt, …: ISO/IEC 7811, without sentinels and check */
} PltPackageFileKind;

typedef struct
{
  PltPackageFileKind kind;
  guint              number; /* of a chip's file as plt-lds-files.h has it, of a track 1 to 3 */
  char              *path;
  gsize              size;
  char              *sha256; /* hex */
  GBytes            *bytes;  /* (nullable): while it is at hand */
} PltPackageFile;

typedef struct
{
  char      *card;           /* its number */
  char      *serial;         /* of the blank on which it is to be made */
  char      *layout;
  int        layout_version;
  char      *layout_digest;  /* hex; NULL: drawn before layouts were approved */
  GPtrArray *files;          /* PltPackageFile, in the order in which the archive has them */
  const char *blanks[PLT_PACKAGE_N_TRACKS]; /* why a track of the stripe stays blank, a word of
                                               platen-package(5); NULL: it does not, or nobody said */
} PltPackageJob;

typedef struct
{
  char      *office;         /* its code */
  char      *batch;          /* (nullable): its number; NULL: one card, for a printer with an encoder */
  char      *bureau;         /* (nullable): its code, with @batch */
  gboolean   specimen;       /* no enrolled key signed the cards */
  GPtrArray *jobs;           /* PltPackageJob */
} PltPackage;

PltPackageJob  *plt_package_job_new           (const char         *card,
                                               const char         *serial,
                                               const char         *layout,
                                               int                 layout_version,
                                               const char         *layout_digest);
void            plt_package_job_free          (PltPackageJob      *self);
void            plt_package_job_add           (PltPackageJob      *self,
                                               PltPackageFileKind  kind,
                                               guint               number,
                                               GBytes             *bytes);
gboolean        plt_package_job_add_card_file (PltPackageJob      *self,
                                               GBytes             *pdf,
                                               GError            **error);
void            plt_package_job_forget_bytes  (PltPackageJob      *self);

PltPackage     *plt_package_new               (const char         *office,
                                               const char         *batch,
                                               const char         *bureau);
void            plt_package_free              (PltPackage         *self);
char           *plt_package_to_json           (const PltPackage   *self);
PltPackage     *plt_package_new_from_json     (GBytes             *json,
                                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPackageJob, plt_package_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPackage, plt_package_free)

G_END_DECLS
