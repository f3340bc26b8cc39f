/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One code that was read back, field by field. */
#include "plt-code-reading.h"

#include "plt-readback.h"

#include <glib/gi18n-lib.h>

struct _PltCodeReading
{
  GObject    parent_instance;

  char      *title;
  guint      page;
  GPtrArray *fields;  /* PltReadbackField; NULL: it could not be read */
  char      *why_not; /* then: why */
};

G_DEFINE_FINAL_TYPE (PltCodeReading, plt_code_reading, G_TYPE_OBJECT)

static void
plt_code_reading_finalize (GObject *object)
{
  PltCodeReading *self = PLT_CODE_READING (object);

  g_free (self->title);
  g_free (self->why_not);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (plt_code_reading_parent_class)->finalize (object);
}

static void
plt_code_reading_class_init (PltCodeReadingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_code_reading_finalize;
}

static void
plt_code_reading_init (PltCodeReading *self)
{
}

/**
 * plt_code_reading_new:
 * @title: what the code is called
 * @fields: (transfer full) (nullable) (element-type PltReadbackField): record against code; %NULL if
 *   it could not be read
 * @why_not: (nullable): why it could not be read, as a sentence
 */
PltCodeReading *
plt_code_reading_new (const char *title,
                      guint       page,
                      GPtrArray  *fields,
                      const char *why_not)
{
  PltCodeReading *self = g_object_new (PLT_TYPE_CODE_READING, NULL);

  self->title = g_strdup (title);
  self->page = page;
  self->fields = fields;
  self->why_not = g_strdup (why_not);
  return self;
}

const char *
plt_code_reading_get_title (PltCodeReading *self)
{
  return self->title;
}

guint
plt_code_reading_get_page (PltCodeReading *self)
{
  return self->page;
}

/* Returns: (transfer none) (nullable) (element-type PltReadbackField) */
GPtrArray *
plt_code_reading_get_fields (PltCodeReading *self)
{
  return self->fields;
}

/* Whether it was read and each field says what the record says. */
gboolean
plt_code_reading_agrees (PltCodeReading *self)
{
  return self->fields != NULL && plt_readback_matches (self->fields);
}

/* Returns: (transfer full): in a sentence, whether it agrees */
char *
plt_code_reading_dup_summary (PltCodeReading *self)
{
  guint n;

  if (self->fields == NULL)
    return g_strdup (self->why_not);
  if (!plt_readback_matches (self->fields))
    return g_strdup (_("Does not say what the record says. Do not print this card; tell the "
                       "administrator."));
  n = self->fields->len;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Read back from the picture: %u field agrees with the record.",
                                       "Read back from the picture: %u fields agree with the record.",
                                       n), n);
}
