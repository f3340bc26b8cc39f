/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the incremental update with a second person's empty signature behind a signed card file
 * (ISO 32000-1, 7.5.6). libqpdf cannot append, so it changes the objects and spells them, and only
 * their places in the file are told here. The same inputs give the same bytes: what stands behind a
 * card file is either exactly this or not an approval. */
#include "plt-pdf.h"

#include "plt-byte-writer.h"

#include <string.h>

#define N_CHANGED 4
#define TAIL_ROOM 8192

typedef struct
{
  int    id;
  char  *text;
  gsize  offset;
} Changed;

/* In the order of their numbers, as a table of cross-references wants them. */
typedef struct
{
  Changed objects[N_CHANGED];
  int     n_objects;
} Update;

static void
update_clear (Update *self)
{
  for (int i = 0; i < self->n_objects; i++)
    g_free (self->objects[i].text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Update, update_clear)

static void
add_text (Update *update,
          int     id,
          char   *text)
{
  int at = update->n_objects++;

  g_assert (at < N_CHANGED);
  for (; at > 0 && update->objects[at - 1].id > id; at--)
    update->objects[at] = update->objects[at - 1];
  update->objects[at] = (Changed) { .id = id, .text = text };
}

static void
add_object (Update  *update,
            PltPdf  *pdf,
            qpdf_oh  object)
{
  add_text (update, qpdf_oh_get_object_id (pdf, object),
            g_strdup (qpdf_oh_unparse_resolved (pdf, object)));
}

static char *
spell_signature (PltPdf     *pdf,
                 const char *approver,
                 const char *date,
                 gsize       room)
{
  g_autofree char *zeros = g_strnfill (2 * room, '0');
  g_autofree char *name =
    g_strdup (qpdf_oh_unparse (pdf, qpdf_oh_new_unicode_string (pdf, approver)));
  g_autofree char *time = g_strdup (qpdf_oh_unparse (pdf, qpdf_oh_new_string (pdf, date)));

  return g_strdup_printf ("<< /ByteRange " PLT_PDF_RANGE_PLACEHOLDER " /Contents <%s>"
                          " /Filter /Adobe.PPKLite /M %s /Name %s /Reason (Approval)"
                          " /SubFilter /ETSI.CAdES.detached /Type /Sig >>", zeros, time, name);
}

/* The page gets the widget and the form its field. */
static gboolean
collect (Update     *update,
         PltPdf     *pdf,
         const char *approver,
         const char *date,
         gsize       room)
{
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh page = qpdf_get_page_n (pdf, 0);
  qpdf_oh fields =
    qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_key (pdf, root, "/AcroForm"), "/Fields");
  qpdf_oh annotations = qpdf_oh_get_key (pdf, page, "/Annots");
  int size = plt_pdf_count_objects (pdf);
  g_autofree char *widget = NULL;

  if (!qpdf_oh_is_array (pdf, fields) || qpdf_oh_is_indirect (pdf, fields) ||
      !qpdf_oh_is_array (pdf, annotations) || qpdf_oh_is_indirect (pdf, annotations))
    return FALSE;

  widget = g_strdup_printf ("<< /F 132 /FT /Sig /P %d 0 R /Rect [ 0 0 0 0 ] /Subtype /Widget"
                            " /T (ApprovalSignature) /Type /Annot /V %d 0 R >>",
                            qpdf_oh_get_object_id (pdf, page), size);
  add_text (update, size, spell_signature (pdf, approver, date, room));
  add_text (update, size + 1, g_steal_pointer (&widget));
  /* A place to refer to: nothing is written of it by libqpdf. */
  for (int i = 0; i < 2; i++)
    {
      qpdf_oh reference = qpdf_make_indirect_object (pdf, qpdf_oh_new_dictionary (pdf));

      if (qpdf_oh_get_object_id (pdf, reference) != size + i)
        return FALSE;
      if (i == 1)
        {
          qpdf_oh_append_item (pdf, fields, reference);
          qpdf_oh_append_item (pdf, annotations, reference);
        }
    }
  add_object (update, pdf, root);
  add_object (update, pdf, page);

  return TRUE;
}

/* The first identifier stays, the second is that of this version (ISO 32000-1, 14.4). */
static char *
make_id (PltPdf *pdf,
         GBytes *file)
{
  qpdf_oh id = qpdf_oh_get_key (pdf, qpdf_get_trailer (pdf), "/ID");
  qpdf_oh first = qpdf_oh_is_array (pdf, id) ? qpdf_oh_get_array_item (pdf, id, 0)
                                             : qpdf_oh_new_null (pdf);
  size_t length = 0;
  const char *bytes = qpdf_oh_get_binary_string_value (pdf, first, &length);
  g_autofree char *hash = plt_pdf_hash (file);
  g_autofree char *old = plt_byte_writer_to_hex ((const guint8 *) bytes, length);

  return g_strdup_printf ("[<%s><%.*s>]", old, PLT_PDF_ID_DIGITS, hash);
}

/* (nullable): the digits behind the last "startxref". */
static const char *
find_start (const char *data,
            gsize       length)
{
  static const char word[] = "\nstartxref\n";
  const char *tail = data + (length > 64 ? length - 64 : 0);
  const char *found = memmem (tail, (gsize) (data + length - tail), word, strlen (word));

  return found != NULL ? found + strlen (word) : NULL;
}

static void
append_tail (GString      *bytes,
             const Update *update,
             PltPdf       *pdf,
             GBytes       *file,
             guint64       previous)
{
  g_autofree char *id = make_id (pdf, file);
  gsize start = bytes->len;

  g_string_append (bytes, "xref\n");
  for (int i = 0; i < update->n_objects; i++)
    g_string_append_printf (bytes, "%d 1\n%010zu 00000 n \n", update->objects[i].id,
                            update->objects[i].offset);
  g_string_append_printf (
    bytes,
    "trailer << /Info %d 0 R /Root %d 0 R /Size %d /Prev %" G_GUINT64_FORMAT " /ID %s >>\n"
    "startxref\n%zu\n%%%%EOF\n",
    qpdf_oh_get_object_id (pdf, qpdf_oh_get_key (pdf, qpdf_get_trailer (pdf), "/Info")),
    qpdf_oh_get_object_id (pdf, qpdf_get_root (pdf)),
    update->objects[update->n_objects - 1].id + 1, previous, id, start);
}

/**
 * plt_pdf_append_approval:
 * @file: a card file with one signature
 * @approver: who approves, UTF-8
 * @date: when, as plt_pdf_format_date() writes it
 * @room: bytes for the signature
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the file with room for a second signature behind it, for
 *   plt_pdf_prepare()
 */
GBytes *
plt_pdf_append_approval (GBytes      *file,
                         const char  *approver,
                         const char  *date,
                         gsize        room,
                         GError     **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (file, error);
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  const char *start = data != NULL ? find_start (data, length) : NULL;
  g_auto (Update) update = { 0 };
  GString *bytes;

  if (pdf == NULL)
    return NULL;
  if (start == NULL || plt_pdf_count_signatures (pdf) != 1 ||
      !collect (&update, pdf, approver, date, room) || !plt_pdf_check (pdf, error))
    {
      if (error == NULL || *error == NULL)
        plt_pdf_set_invalid (error, "no place for an approval");
      return NULL;
    }
  bytes = g_string_sized_new (length + 2 * room + TAIL_ROOM);
  g_string_append_len (bytes, data, (gssize) length);
  for (int i = 0; i < update.n_objects; i++)
    {
      update.objects[i].offset = bytes->len;
      g_string_append_printf (bytes, "%d 0 obj\n%s\nendobj\n", update.objects[i].id,
                              update.objects[i].text);
    }
  append_tail (bytes, &update, pdf, file, g_ascii_strtoull (start, NULL, 10));

  return g_string_free_to_bytes (bytes);
}
