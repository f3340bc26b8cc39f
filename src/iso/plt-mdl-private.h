/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an IssuerSigned is put together: the elements of a licence, what is drawn at random for them,
 * and the structure that is signed. */
#pragma once

#include "plt-mdl.h"

G_BEGIN_DECLS

#define PLT_MDL_DIGEST_LENGTH 32
#define PLT_MDL_RANDOM_LENGTH 32

/* Of deviceKeyInfo's keyInfo, where negative labels are the issuer's own. */
#define PLT_MDL_KEY_INFO_NOTE (-1)
#define PLT_MDL_ONE_OFF_NOTE "one-off key, its private half is not kept"

/* An element that is to be signed. */
typedef struct
{
  const char *identifier; /* static */
  GByteArray *value;      /* CBOR */
} PltMdlItem;

typedef struct
{
  const char *name_space;
  GPtrArray  *items;      /* PltMdlItem, in the order in which they are written */
} PltMdlNameSpace;

typedef struct
{
  const char         *country;     /* alpha-2, the issuer's */
  gint64              signed_at;
  gint64              valid_until;
  PltMdlLeapBirthday  leap_birthday;
  const guint8       *ages;        /* of age_over_NN, 0 at the end */
} PltMdlFacts;

GPtrArray *plt_mdl_elements_new       (PltLicenceData      *data,
                                       const PltMdlFacts   *facts,
                                       GError             **error);
GPtrArray *plt_mdl_elements_new_own   (PltLicenceData      *data);
gboolean   plt_mdl_age_is_reached     (PltDate              birth,
                                       int                  age,
                                       PltDate              day,
                                       PltMdlLeapBirthday   leap_birthday);
GBytes    *plt_mdl_picture_strip      (GBytes              *picture);

/* What nobody can guess who only knows what the card shows. */
typedef struct
{
  guint8   secret[32];
  gboolean plain; /* for a test vector: identifiers in order, no decoys, and */
  void   (*get_random) (const char *identifier,
                        guint8      random[PLT_MDL_RANDOM_LENGTH]);
} PltMdlSalts;

typedef struct
{
  PltMdlNameSpace  name_spaces[2];
  guint            n_name_spaces;
  PltMdlDeviceKey  device_key;
  gboolean         one_off;
  gint64           signed_at;
  gint64           valid_from;
  gint64           valid_until;
} PltMdlContent;

gboolean   plt_mdl_salts_init         (PltMdlSalts          *self,
                                       const PltMdlContent  *content,
                                       PltIssuerKey         *signer,
                                       GError              **error);
void       plt_mdl_salts_derive       (const PltMdlSalts    *self,
                                       const char           *purpose,
                                       const char           *name_space,
                                       const char           *identifier,
                                       guint8               *bytes,
                                       gsize                 length);
void       plt_mdl_salts_make_key     (const PltMdlSalts    *self,
                                       PltMdlDeviceKey      *key);

GBytes    *plt_mdl_assemble           (const PltMdlContent  *content,
                                       const PltMdlSalts    *salts,
                                       GBytes               *certificate,
                                       PltIssuerKey         *signer,
                                       GError              **error);

gboolean   plt_mdl_device_key_is_on_curve (const PltMdlDeviceKey *key);

G_END_DECLS
