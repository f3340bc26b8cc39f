/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data elements of one licence, as the encoders take them and the readers give them. */
#include "plt-licence-data.h"

/**
 * plt_licence_data_new:
 *
 * Returns: (transfer full): a record without dates or categories whose strings are all %NULL;
 *   the encoders take %NULL for an empty string; the readers set every string up to
 *   issuing_country, and behind it those that the data has
 */
PltLicenceData *
plt_licence_data_new (void)
{
  PltLicenceData *self = g_new0 (PltLicenceData, 1);

  self->categories =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);

  return self;
}

void
plt_licence_data_free (PltLicenceData *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->family_name);
  g_free (self->given_names);
  g_free (self->birth_place);
  g_free (self->authority);
  g_free (self->administrative_number);
  g_free (self->licence_number);
  g_free (self->document_discriminator);
  g_free (self->sex);
  g_free (self->nationality);
  g_free (self->address);
  g_free (self->issuing_country);
  g_free (self->distinguishing_sign);
  g_free (self->family_name_national);
  g_free (self->given_names_national);
  g_free (self->address_city);
  g_free (self->address_state);
  g_free (self->address_postal_code);
  g_free (self->address_country);
  g_free (self->jurisdiction);
  g_free (self->type_approval);
  g_free (self->eye_colour);
  g_free (self->hair_colour);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_free (self);
}
