/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verified-field.h"

struct _PltVerifiedField
{
  GObject parent_instance;

  char *title, *found, *recorded;
  PltAgreement agreement;
};

G_DEFINE_FINAL_TYPE (PltVerifiedField, plt_verified_field, G_TYPE_OBJECT)

static void
plt_verified_field_finalize (GObject *object)
{
  PltVerifiedField *self = PLT_VERIFIED_FIELD (object);

  g_free (self->title);
  g_free (self->found);
  g_free (self->recorded);
  G_OBJECT_CLASS (plt_verified_field_parent_class)->finalize (object);
}

static void
plt_verified_field_class_init (PltVerifiedFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_verified_field_finalize;
}

static void
plt_verified_field_init (PltVerifiedField *self)
{
}

PltVerifiedField *
plt_verified_field_new (const char   *title,
                        const char   *found,
                        const char   *recorded,
                        PltAgreement  agreement)
{
  PltVerifiedField *self = g_object_new (PLT_TYPE_VERIFIED_FIELD, NULL);

  self->title = g_strdup (title);
  self->found = g_strdup (found);
  self->recorded = g_strdup (recorded);
  self->agreement = agreement;
  return self;
}

const char *
plt_verified_field_get_title (PltVerifiedField *self)
{
  return self->title;
}

const char *
plt_verified_field_get_found (PltVerifiedField *self)
{
  return self->found;
}

const char *
plt_verified_field_get_recorded (PltVerifiedField *self)
{
  return self->recorded;
}

PltAgreement
plt_verified_field_get_agreement (PltVerifiedField *self)
{
  return self->agreement;
}
