/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Under which keys two records of one person meet, so that among millions not all need be compared
 * with all. Each key is blind to another mistake: one meets whom another one misses. */
#pragma once

#include "plt-person-record.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_KEY_FAMILY_DAY, /* how a family name sounds, any that was borne, with the birth date */
  PLT_KEY_GIVEN_DAY,  /* how the first given name sounds, with the birth date */
  PLT_KEY_NAMES_YEAR, /* how both sound, in either order, with the year: another day or month */
  PLT_KEY_NAMES_DAY,  /* … with day and month: another year */
  PLT_KEY_ADDRESS,    /* a home, any that was had, with the year of birth: misspelt names */
  PLT_KEY_TOKEN,      /* a picture, document, licence or number: anything else may differ */
  PLT_N_KEYS,
} PltKeyKind;

/* Day and month meet their swap. @keys: (array length=PLT_N_KEYS) (element-type guint32): appended to;
 * none twice. */
void    plt_duplicate_keys_append  (PltPersonRecord *record,
                                    GArray          *keys[PLT_N_KEYS]);

/* What tells in an instant that two records are not worth comparing. */
typedef struct
{
  guint32 id;      /* hash */
  guint32 birth;   /* year, month and day; 0: not known */
  guint32 family;  /* one bit for each letter of the name; 0: not known */
  guint32 given;   /* of the first given name */
  guint32 address; /* hash; 0: not known */
  guint32 place;   /* of birth, in Latin letters, hash of its sound; 0: not known */
} PltRecordDigest;

void     plt_record_digest_init    (PltRecordDigest       *self,
                                    PltPersonRecord       *record);
gboolean plt_record_digest_may_be  (const PltRecordDigest *a,
                                    const PltRecordDigest *b,
                                    PltKeyKind             met);

G_END_DECLS
