/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a verified form beside the record's. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_AGREEMENT_NONE, /* the record was not asked, or does not say */
  PLT_AGREEMENT_SAME,
  PLT_AGREEMENT_DIFFERENT,
} PltAgreement;

#define PLT_TYPE_VERIFIED_FIELD (plt_verified_field_get_type ())
G_DECLARE_FINAL_TYPE (PltVerifiedField, plt_verified_field, PLT, VERIFIED_FIELD, GObject)

/* @recorded: (nullable) */
PltVerifiedField *plt_verified_field_new           (const char        *title,
                                                    const char        *found,
                                                    const char        *recorded,
                                                    PltAgreement       agreement);
const char       *plt_verified_field_get_title     (PltVerifiedField  *self);
const char       *plt_verified_field_get_found     (PltVerifiedField  *self);
const char       *plt_verified_field_get_recorded  (PltVerifiedField  *self);
PltAgreement      plt_verified_field_get_agreement (PltVerifiedField  *self);

G_END_DECLS
