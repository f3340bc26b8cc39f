/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes values as COPY … WITH (FORMAT binary) reads them: numbers in network byte order, each
 * value after its length (PostgreSQL 15 manual, COPY, “Binary Format”). */
#include "plt-demo-rows.h"

#include "plt-demo-capitals.h"
#include "plt-demo-day.h"

#include <string.h>

#define TEXT_OID 25
#define DAYS_TO_2000 10957
#define MARK_BYTES 19

/* Room for another value of at most this many bytes and what goes before it. */
static void
reserve (PltDemoRows *self,
         gsize        n_bytes)
{
  if (G_LIKELY (self->length + n_bytes <= self->size))
    return;
  self->size = MAX (self->size * 2, self->length + n_bytes + 65536);
  self->data = g_realloc (self->data, self->size);
}

static void
put32 (PltDemoRows *self,
       gint32       number)
{
  gint32 bytes = GINT32_TO_BE (number);

  memcpy (self->data + self->length, &bytes, sizeof bytes);
  self->length += sizeof bytes;
}

static void
put16 (PltDemoRows *self,
       int          number)
{
  gint16 bytes = GINT16_TO_BE ((gint16) number);

  memcpy (self->data + self->length, &bytes, sizeof bytes);
  self->length += sizeof bytes;
}

static void
put (PltDemoRows *self,
     const char  *bytes,
     gsize        n_bytes)
{
  memcpy (self->data + self->length, bytes, n_bytes);
  self->length += n_bytes;
}

void
plt_demo_rows_clear (PltDemoRows *self)
{
  g_clear_pointer (&self->data, g_free);
  *self = (PltDemoRows) { NULL };
}

void
plt_demo_rows_begin_file (PltDemoRows *self)
{
  static const char mark[MARK_BYTES] = "PGCOPY\n\377\r\n\0";

  reserve (self, MARK_BYTES);
  put (self, mark, MARK_BYTES);
}

void
plt_demo_rows_end_file (PltDemoRows *self)
{
  reserve (self, 2);
  put16 (self, -1);
}

void
plt_demo_rows_begin_row (PltDemoRows *self,
                         int          n_fields)
{
  reserve (self, 2);
  put16 (self, n_fields);
  self->n_rows++;
}

void
plt_demo_rows_add_null (PltDemoRows *self)
{
  reserve (self, 4);
  put32 (self, -1);
}

/* @text: (nullable): %NULL is SQL's NULL. */
void
plt_demo_rows_add_text (PltDemoRows *self,
                        const char  *text)
{
  gsize length;

  if (text == NULL)
    {
      plt_demo_rows_add_null (self);
      return;
    }

  length = strlen (text);
  reserve (self, length + 4);
  put32 (self, (gint32) length);
  put (self, text, length);
}

void
plt_demo_rows_add_joined (PltDemoRows *self,
                          const char  *first,
                          const char  *between,
                          const char  *second)
{
  gsize lengths[] = { strlen (first), strlen (between), strlen (second) };

  reserve (self, lengths[0] + lengths[1] + lengths[2] + 4);
  put32 (self, (gint32) (lengths[0] + lengths[1] + lengths[2]));
  put (self, first, lengths[0]);
  put (self, between, lengths[1]);
  put (self, second, lengths[2]);
}

void
plt_demo_rows_add_capitals (PltDemoRows *self,
                            const char  *text)
{
  gsize length = strlen (text);

  reserve (self, length + 4);
  put32 (self, (gint32) length);
  plt_demo_capitals_write (self->data + self->length, text, length);
  self->length += length;
}

/* An array of text, one element for each word between single spaces. */
void
plt_demo_rows_add_words (PltDemoRows *self,
                         const char  *text)
{
  gint32 n_words = 1;
  gsize length = strlen (text);

  for (const char *at = text; (at = strchr (at, ' ')) != NULL; at++)
    n_words++;
  reserve (self, length + 24 + (gsize) n_words * 4);
  put32 (self, 20 + n_words * 3 + (gint32) length + 1);
  put32 (self, 1); /* dimension */
  put32 (self, 0); /* no NULLs */
  put32 (self, TEXT_OID);
  put32 (self, n_words);
  put32 (self, 1); /* first subscript */
  for (const char *at = text; n_words > 0; n_words--)
    {
      gsize n_bytes = strcspn (at, " ");

      put32 (self, (gint32) n_bytes);
      put (self, at, n_bytes);
      at += n_bytes + 1;
    }
}

void
plt_demo_rows_add_day (PltDemoRows *self,
                       int          day)
{
  reserve (self, 8);
  if (day == PLT_DEMO_NO_DAY)
    {
      put32 (self, -1);
      return;
    }
  put32 (self, 4);
  put32 (self, day - DAYS_TO_2000);
}

void
plt_demo_rows_add_small (PltDemoRows *self,
                         int          number)
{
  reserve (self, 6);
  put32 (self, 2);
  put16 (self, number);
}

void
plt_demo_rows_add_truth (PltDemoRows *self,
                         gboolean     truth)
{
  reserve (self, 5);
  put32 (self, 1);
  self->data[self->length++] = truth ? 1 : 0;
}

/* numeric with two decimals: digits of base 10,000, of which trailing zeros are left out. */
void
plt_demo_rows_add_money (PltDemoRows *self,
                         int          cents)
{
  int whole = cents / 100;
  int part = cents % 100 * 100;
  int n_digits = part != 0 ? 2 : whole != 0 ? 1 : 0;

  g_assert (whole < 10000);
  reserve (self, 16);
  put32 (self, 8 + n_digits * 2);
  put16 (self, n_digits);
  put16 (self, 0); /* weight of the first digit */
  put16 (self, 0); /* positive */
  put16 (self, 2); /* decimals */
  if (n_digits > 0)
    put16 (self, whole);
  if (n_digits > 1)
    put16 (self, part);
}
