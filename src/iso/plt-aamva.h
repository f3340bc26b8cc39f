/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The barcode of the AAMVA DL/ID Card Design Standard (2020, Annex D): subfiles of elements behind a
 * header with a directory, and a licence as such a file says it. The issuer is fictitious. */
#pragma once

#include "plt-iso-error.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

#define PLT_AAMVA_VERSION 10 /* the edition of 2020 */
#define PLT_AAMVA_ISSUER "999999" /* user-assigned country code: no member's number */

typedef struct
{
  char  id[4]; /* "DAQ" */
  char *value; /* UTF-8, of ISO 8859-1 */
} PltAamvaElement;

typedef struct
{
  char       type[3]; /* "DL", "ID", "ZU" */
  GPtrArray *elements; /* PltAamvaElement, in their order */
} PltAamvaSubfile;

typedef struct
{
  char       issuer[7]; /* six digits */
  int        version;
  int        jurisdiction_version;
  GPtrArray *subfiles; /* PltAamvaSubfile */
} PltAamvaFile;

/* What of a licence the barcode says, in its spelling. No string is NULL. */
typedef struct
{
  char     *family_name, *first_name, *middle_names; /* middle names with commas between */
  gboolean  family_name_cut, first_name_cut, middle_names_cut;
  PltDate   birth_date, issue_date, expiry_date;
  char     *sex; /* M, F, X */
  char     *address, *address_2;
  char     *licence_number;
  char     *document_discriminator;
  char     *country;      /* alpha-3 */
  char     *categories;   /* "AM B BE" */
  char     *restrictions; /* "01.06,78" */
  gboolean  specimen;
} PltAamvaLicence;

PltAamvaFile    *plt_aamva_file_new         (void);
void             plt_aamva_file_free        (PltAamvaFile     *self);
void             plt_aamva_file_add         (PltAamvaFile     *self,
                                             const char       *type,
                                             const char       *id,
                                             const char       *value);
const char      *plt_aamva_file_get         (PltAamvaFile     *self,
                                             const char       *type,
                                             const char       *id);
GBytes          *plt_aamva_file_write       (PltAamvaFile     *self,
                                             GError          **error);
PltAamvaFile    *plt_aamva_file_read        (GBytes           *payload,
                                             GError          **error);
PltAamvaFile    *plt_aamva_file_read_typed  (const char       *text,
                                             GError          **error);
gboolean         plt_aamva_file_check       (PltAamvaFile     *self,
                                             GError          **error);
gboolean         plt_aamva_is_typed         (const char       *text);

PltAamvaLicence *plt_aamva_licence_new      (PltLicenceData   *data,
                                             GError          **error);
PltAamvaLicence *plt_aamva_licence_new_from_file
                                            (PltAamvaFile     *file,
                                             GError          **error);
void             plt_aamva_licence_free     (PltAamvaLicence  *self);
GBytes          *plt_aamva_build            (PltLicenceData   *data,
                                             GError          **error);
PltAamvaLicence *plt_aamva_read             (GBytes           *payload,
                                             GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltAamvaFile, plt_aamva_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltAamvaLicence, plt_aamva_licence_free)

G_END_DECLS
