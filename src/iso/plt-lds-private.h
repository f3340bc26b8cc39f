/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags of ISO/IEC 18013-2 in standard encoding, and what the files that write and read its data
 * groups share. */
#pragma once

#include "plt-byte-writer.h"
#include "plt-lds.h"

G_BEGIN_DECLS

#define PLT_LDS_TAG_COM 0x60
#define PLT_LDS_TAG_COM_VERSION 0x5F01
#define PLT_LDS_TAG_COM_LIST 0x5C
#define PLT_LDS_TAG_COM_SECURITY 0x86
#define PLT_LDS_TAG_DG1 0x61
#define PLT_LDS_TAG_DEMOGRAPHIC 0x5F1F
#define PLT_LDS_TAG_CATEGORIES 0x7F63
#define PLT_LDS_TAG_COUNT 0x02
#define PLT_LDS_TAG_CATEGORY 0x87
#define PLT_LDS_TAG_DG4 0x65
#define PLT_LDS_TAG_DG5 0x67
#define PLT_LDS_TAG_DG6 0x75
#define PLT_LDS_TAG_DG11 0x6D
#define PLT_LDS_TAG_DG11_OLD 0x62
#define PLT_LDS_TAG_DG12 0x71
#define PLT_LDS_TAG_SOD 0x77
#define PLT_LDS_TAG_DISCRETIONARY 0x53 /* ISO/IEC 7816-6: what the issuer likes */

#define PLT_LDS_SEPARATOR ';'
#define PLT_LDS_SPECIMEN "SPECIMEN"

/* In bytes. The published specimen of Japan has an authority of 67. */
#define PLT_LDS_MAX_NAME 36
#define PLT_LDS_MAX_AUTHORITY 67
#define PLT_LDS_MAX_NUMBER 25

/* The longest value of an object, and what a file adds about a picture at most. */
#define PLT_LDS_MAX_OBJECT 0xFFFF
#define PLT_LDS_MAX_PICTURE (PLT_LDS_MAX_OBJECT - 256)

/* plt-lds-text.c */
GBytes   *plt_lds_encode_text      (const char     *text,
                                    const char     *field,
                                    gsize           max_length,
                                    GError        **error);
char     *plt_lds_decode_text      (PltByteReader   part);
void      plt_lds_add_date         (GByteArray     *bytes,
                                    PltDate         date,
                                    PltLdsForm      form);
gboolean  plt_lds_decode_date      (PltByteReader   part,
                                    PltLdsForm      form,
                                    PltDate        *date);
char     *plt_lds_decode_digits    (PltByteReader   part);
gboolean  plt_lds_check_country    (const char     *country,
                                    GError        **error);

/* plt-lds-categories.c and plt-lds-categories-reader.c: the value of 7F63. */
GByteArray *plt_lds_build_categories (PltLicenceData *data,
                                      PltLdsForm      form,
                                      GError        **error);
gboolean    plt_lds_read_categories  (PltByteReader   reader,
                                      PltLdsForm      form,
                                      GPtrArray      *categories);

/* plt-lds-dg1-eu-reader.c */
gboolean  plt_lds_read_dg1_eu      (PltByteReader   content,
                                    PltLicenceData *data);

/* plt-lds-read.c: one object of @tag and nothing behind it. */
gboolean  plt_lds_open_file        (GBytes         *file,
                                    guint           tag,
                                    PltByteReader  *content);

G_END_DECLS
