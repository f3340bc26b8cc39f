/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares a licence as recorded with the licence as read from the plastic. */
#include "plt-readback.h"

#include <glib/gi18n-lib.h>

struct _PltReadbackField
{
  GObject parent_instance;
  char *title;
  char *expected;
  char *found;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_EXPECTED,
  PROP_FOUND,
  PROP_MATCHES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltReadbackField, plt_readback_field, G_TYPE_OBJECT)

static gboolean
matches (PltReadbackField *self)
{
  return g_strcmp0 (self->expected, self->found) == 0;
}

static void
plt_readback_field_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PltReadbackField *self = PLT_READBACK_FIELD (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EXPECTED:
      g_value_set_string (value, self->expected);
      break;
    case PROP_FOUND:
      g_value_set_string (value, self->found);
      break;
    case PROP_MATCHES:
      g_value_set_boolean (value, matches (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_readback_field_finalize (GObject *object)
{
  PltReadbackField *self = PLT_READBACK_FIELD (object);

  g_free (self->title);
  g_free (self->expected);
  g_free (self->found);
  G_OBJECT_CLASS (plt_readback_field_parent_class)->finalize (object);
}

static void
plt_readback_field_class_init (PltReadbackFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plt_readback_field_get_property;
  object_class->finalize = plt_readback_field_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_EXPECTED] = g_param_spec_string ("expected", NULL, NULL, NULL, flags);
  properties[PROP_FOUND] = g_param_spec_string ("found", NULL, NULL, NULL, flags);
  properties[PROP_MATCHES] = g_param_spec_boolean ("matches", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_readback_field_init (PltReadbackField *self)
{
}

PltReadbackField *
plt_readback_field_new (const char *title,
                        const char *expected,
                        const char *found)
{
  PltReadbackField *self = g_object_new (PLT_TYPE_READBACK_FIELD, NULL);

  self->title = g_strdup (title);
  self->expected = g_strdup (expected != NULL ? expected : "");
  self->found = g_strdup (found != NULL ? found : "");
  return self;
}

static void
add_text (GPtrArray  *fields,
          const char *title,
          const char *expected,
          const char *found)
{
  g_ptr_array_add (fields, plt_readback_field_new (title, expected, found));
}

static void
add_date (GPtrArray  *fields,
          const char *title,
          PltDate     expected,
          PltDate     found)
{
  g_autofree char *expected_text = plt_date_is_set (expected) ? plt_date_to_iso (expected) : NULL;
  g_autofree char *found_text = plt_date_is_set (found) ? plt_date_to_iso (found) : NULL;

  add_text (fields, title, expected_text, found_text);
}

GPtrArray *
plt_readback_compare (PltLicenceData *recorded,
                      PltLicenceData *found,
                      const GError   *unreadable)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  if (found == NULL)
    {
      add_text (fields, _("Code on the card"), _("Signed by the issuer"), unreadable->message);
      return fields;
    }
  g_autofree char *categories = plt_categories_to_text (recorded->categories);
  g_autofree char *found_categories = plt_categories_to_text (found->categories);

  add_text (fields, plt_field_get_title (PLT_FIELD_FAMILY_NAME), recorded->family_name,
            found->family_name);
  add_text (fields, plt_field_get_title (PLT_FIELD_GIVEN_NAMES), recorded->given_names,
            found->given_names);
  add_date (fields, plt_field_get_title (PLT_FIELD_BIRTH_DATE), recorded->birth_date,
            found->birth_date);
  add_text (fields, plt_field_get_title (PLT_FIELD_SEX), recorded->sex, found->sex);
  add_text (fields, plt_field_get_title (PLT_FIELD_NATIONALITY), recorded->nationality,
            found->nationality);
  add_text (fields, plt_field_get_title (PLT_FIELD_LICENCE_NUMBER), recorded->licence_number,
            found->licence_number);
  add_date (fields, _("Date of issue"), recorded->issue_date, found->issue_date);
  add_date (fields, _("Date of expiry"), recorded->expiry_date, found->expiry_date);
  add_text (fields, plt_field_get_title (PLT_FIELD_CATEGORIES), categories, found_categories);
  add_text (fields, _("Document number"), recorded->document_discriminator,
            found->document_discriminator);
  return fields;
}

GPtrArray *
plt_readback_compare_dg1 (PltLicenceData *recorded,
                          PltLicenceData *found)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *categories = plt_categories_to_text (recorded->categories);
  g_autofree char *found_categories = plt_categories_to_text (found->categories);

  add_text (fields, plt_field_get_title (PLT_FIELD_FAMILY_NAME), recorded->family_name,
            found->family_name);
  add_text (fields, plt_field_get_title (PLT_FIELD_GIVEN_NAMES), recorded->given_names,
            found->given_names);
  add_date (fields, plt_field_get_title (PLT_FIELD_BIRTH_DATE), recorded->birth_date,
            found->birth_date);
  add_text (fields, plt_field_get_title (PLT_FIELD_LICENCE_NUMBER), recorded->licence_number,
            found->licence_number);
  add_date (fields, _("Date of issue"), recorded->issue_date, found->issue_date);
  add_date (fields, _("Date of expiry"), recorded->expiry_date, found->expiry_date);
  add_text (fields, _("Issuing authority"), recorded->authority, found->authority);
  add_text (fields, plt_field_get_title (PLT_FIELD_CATEGORIES), categories, found_categories);
  return fields;
}

static void
add_joined (GPtrArray  *fields,
            const char *title,
            const char *expected,
            const char *expected_2,
            const char *found,
            const char *found_2)
{
  g_autofree char *expected_text = g_strstrip (g_strjoin (" ", expected, expected_2, NULL));
  g_autofree char *found_text = g_strstrip (g_strjoin (" ", found, found_2, NULL));

  add_text (fields, title, expected_text, found_text);
}

/* Whether a name was cut is part of it. */
static void
add_name (GPtrArray  *fields,
          const char *title,
          const char *expected,
          gboolean    expected_cut,
          const char *found,
          gboolean    found_cut)
{
  add_joined (fields, title, expected, expected_cut ? "…" : "", found, found_cut ? "…" : "");
}

GPtrArray *
plt_readback_compare_aamva (const PltAamvaLicence *recorded,
                            const PltAamvaLicence *found)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  add_name (fields, plt_field_get_title (PLT_FIELD_FAMILY_NAME), recorded->family_name,
            recorded->family_name_cut, found->family_name, found->family_name_cut);
  add_name (fields, plt_field_get_title (PLT_FIELD_GIVEN_NAMES), recorded->first_name,
            recorded->first_name_cut, found->first_name, found->first_name_cut);
  add_name (fields, _("Further given names"), recorded->middle_names, recorded->middle_names_cut,
            found->middle_names, found->middle_names_cut);
  add_date (fields, plt_field_get_title (PLT_FIELD_BIRTH_DATE), recorded->birth_date,
            found->birth_date);
  add_text (fields, plt_field_get_title (PLT_FIELD_SEX), recorded->sex, found->sex);
  add_joined (fields, plt_field_get_title (PLT_FIELD_ADDRESS), recorded->address,
              recorded->address_2, found->address, found->address_2);
  add_text (fields, plt_field_get_title (PLT_FIELD_LICENCE_NUMBER), recorded->licence_number,
            found->licence_number);
  add_date (fields, _("Date of issue"), recorded->issue_date, found->issue_date);
  add_date (fields, _("Date of expiry"), recorded->expiry_date, found->expiry_date);
  add_text (fields, plt_field_get_title (PLT_FIELD_CATEGORIES), recorded->categories,
            found->categories);
  add_text (fields, _("Restrictions"), recorded->restrictions, found->restrictions);
  add_text (fields, _("Document number"), recorded->document_discriminator,
            found->document_discriminator);
  add_text (fields, _("Issuing country"), recorded->country, found->country);
  return fields;
}

gboolean
plt_readback_matches (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    if (!matches (g_ptr_array_index (fields, i)))
      return FALSE;
  return TRUE;
}
