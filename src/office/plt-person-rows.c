/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the persons found in order, each of them once. */
#include "plt-person-rows.h"

typedef struct
{
  PltPersonHit *hit;
  guint         page;
} Row;

static void
clear_row (gpointer data)
{
  g_clear_object (&((Row *) data)->hit);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *first = a;
  const Row *second = b;

  if (first->page != second->page)
    return first->page < second->page ? -1 : 1;

  return plt_person_hit_compare (first->hit, second->hit);
}

static Row *
find_row (GArray     *rows,
          const char *id_number)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (g_str_equal (plt_person_hit_get_id_number (row->hit), id_number))
        return row;
    }

  return NULL;
}

GArray *
plt_person_rows_new (GArray *before)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, clear_row);
  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      Row *row = &g_array_index (before, Row, i);
      Row kept = { g_object_ref (row->hit), row->page };

      g_array_append_val (rows, kept);
    }

  return rows;
}

void
plt_person_rows_add (GArray    *rows,
                     GPtrArray *hits,
                     guint      page)
{
  for (guint i = 0; i < hits->len; i++)
    {
      PltPersonHit *hit = g_ptr_array_index (hits, i);
      Row *known = find_row (rows, plt_person_hit_get_id_number (hit));
      Row row = { hit, page };

      if (known != NULL)
        {
          plt_person_hit_merge (known->hit, hit);
          continue;
        }
      g_object_ref (hit);
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
}

void
plt_person_rows_append (GArray       *rows,
                        PltPersonHit *hit)
{
  Row row = { g_object_ref (hit), rows->len };

  g_array_append_val (rows, row);
}

PltPersonHit *
plt_person_rows_get (GArray *rows,
                     guint   index)
{
  return g_array_index (rows, Row, index).hit;
}
