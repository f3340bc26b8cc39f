/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the AAMVA barcode share. Private to this folder. */
#pragma once

#include "plt-aamva.h"

G_BEGIN_DECLS

#define PLT_AAMVA_COMPLIANCE '@'
#define PLT_AAMVA_SEPARATOR '\n'
#define PLT_AAMVA_RECORD '\x1e'
#define PLT_AAMVA_TERMINATOR '\r'
#define PLT_AAMVA_FILE_TYPE "ANSI "
#define PLT_AAMVA_HEADER_LENGTH 21
#define PLT_AAMVA_DESIGNATOR_LENGTH 10
#define PLT_AAMVA_MOST_SUBFILES 99
#define PLT_AAMVA_MOST_BYTES 9999 /* what four digits of a directory can say */

/* Lengths of table D.3, in characters, that a licence is fitted to. */
#define PLT_AAMVA_NAME_LENGTH 40
#define PLT_AAMVA_ADDRESS_LENGTH 35
#define PLT_AAMVA_NUMBER_LENGTH 25
#define PLT_AAMVA_CLASS_LENGTH 6
#define PLT_AAMVA_RESTRICTION_LENGTH 12

/* Values of a mandatory element without content. */
#define PLT_AAMVA_NOTHING "NONE"
#define PLT_AAMVA_NOT_AVAILABLE "unavl"

/* Of the jurisdiction's own subfile, from this revision of it on. */
#define PLT_AAMVA_JURISDICTION_VERSION 2
#define PLT_AAMVA_JURISDICTION "XU"
#define PLT_AAMVA_OWN_TYPE "ZU"
#define PLT_AAMVA_OWN_MARK "ZUA"
#define PLT_AAMVA_OWN_RESTRICTIONS "ZUB"

/* plt-aamva-file.c */
gboolean plt_aamva_is_type               (const char       *type);
gboolean plt_aamva_is_id                 (const char       *type,
                                          const char       *id);
gboolean plt_aamva_is_version_known      (int               version,
                                          GError          **error);

/* plt-aamva-elements.c */
gboolean plt_aamva_is_empty              (const char       *value);
gboolean plt_aamva_parse_date            (const char       *text,
                                          gboolean          year_first,
                                          PltDate          *date);
char    *plt_aamva_write_date            (PltDate           date,
                                          gboolean          year_first);
gboolean plt_aamva_is_year_first         (const char       *country,
                                          int               version);

/* plt-aamva-spelling.c */
char    *plt_aamva_spell                 (const char       *text,
                                          const char       *field,
                                          GError          **error);
char    *plt_aamva_cut                   (const char       *text,
                                          gsize             length,
                                          gboolean         *cut);
char    *plt_aamva_write_class           (const char       *categories);
char    *plt_aamva_write_restrictions    (const char       *restrictions);
gboolean plt_aamva_split_address         (const char       *text,
                                          char            **line,
                                          char            **line_2);

G_END_DECLS
