/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-press-files.h"

#include <string.h>

struct _PltPressFiles
{
  GArray *files; /* of PltCardFileAttachment */
};

static void
attachment_clear (gpointer data)
{
  PltCardFileAttachment *attachment = data;

  g_bytes_unref (attachment->bytes);
}

PltPressFiles *
plt_press_files_new (void)
{
  PltPressFiles *self = g_new0 (PltPressFiles, 1);

  self->files = g_array_new (FALSE, TRUE, sizeof (PltCardFileAttachment));
  g_array_set_clear_func (self->files, attachment_clear);
  return self;
}

void
plt_press_files_free (PltPressFiles *self)
{
  g_array_unref (self->files);
  g_free (self);
}

/* All texts must outlive @self. */
void
plt_press_files_add (PltPressFiles *self,
                     const char    *name,
                     const char    *media_type,
                     const char    *relationship,
                     const char    *description,
                     GBytes        *bytes)
{
  PltCardFileAttachment attachment = { name, media_type, relationship, description,
                                       g_bytes_ref (bytes) };

  g_array_append_val (self->files, attachment);
}

static gboolean
is_jpeg (GBytes *image)
{
  static const guint8 start[] = { 0xff, 0xd8, 0xff };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);

  return length >= sizeof start && memcmp (bytes, start, sizeof start) == 0;
}

/* The database lets in JPEG and PNG, and nothing else. */
static void
add_picture (PltPressFiles *self,
             const char    *jpeg_name,
             const char    *png_name,
             const char    *description,
             GBytes        *picture)
{
  gboolean jpeg;

  if (picture == NULL)
    return;
  jpeg = is_jpeg (picture);
  plt_press_files_add (self, jpeg ? jpeg_name : png_name, jpeg ? "image/jpeg" : "image/png",
                       "Source", description, picture);
}

/* @inputs: JSON. What the card can be drawn of again. */
void
plt_press_files_add_inputs (PltPressFiles     *self,
                            const char        *inputs,
                            PltStoreCardData  *data)
{
  g_autoptr (GBytes) json = g_bytes_new (inputs, strlen (inputs));

  plt_press_files_add (self, "licence.json", "application/json", "Source",
                       "The inputs of the drawing", json);
  add_picture (self, "portrait.jpg", "portrait.png", "The holder's portrait", data->portrait);
  add_picture (self, "signature.jpg", "signature.png", "The holder's signature", data->signature);
}

/* @files: (element-type PltLdsFile) */
void
plt_press_files_add_chip (PltPressFiles *self,
                          GPtrArray     *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const PltLdsFile *file = g_ptr_array_index (files, i);

      plt_press_files_add (self, file->kind->name, "application/octet-stream", "Data",
                           file->kind->title, file->bytes);
    }
}

const PltCardFileAttachment *
plt_press_files_get (PltPressFiles *self,
                     gsize         *n_files)
{
  *n_files = self->files->len;
  return (const PltCardFileAttachment *) (gpointer) self->files->data;
}
