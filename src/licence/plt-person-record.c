/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one register has written down of a person, with what it keeps of before. */
#include "plt-person-record.h"

#include <string.h>

/* More is no record of a person; it bounds the work that hostile input can ask for. */
#define MAX_VALUES 16
#define MAX_BYTES 240

struct _PltPersonRecord
{
  char      *id_number;
  char      *fields[PLT_N_FIELDS];
  GPtrArray *lists[PLT_N_RECORD_LISTS]; /* NULL-terminated; NULL: the register keeps no such thing */
};

static const char * const nicks[PLT_N_RECORD_LISTS] = {
  [PLT_RECORD_FORMER_NAME] = "former_family_names",
  [PLT_RECORD_FORMER_ADDRESS] = "former_addresses",
  [PLT_RECORD_FORMER_ID] = "former_ids",
  [PLT_RECORD_DOCUMENT] = "documents",
  [PLT_RECORD_PORTRAIT] = "portrait",
};

/* (transfer full) (nullable): valid, without white space around it, not endless; NULL if nothing is
 * left */
static char *
clean (const char *value)
{
  if (value == NULL)
    return NULL;

  gsize length = strnlen (value, MAX_BYTES);
  g_autofree char *valid = g_utf8_make_valid (value, (gssize) length);

  g_strstrip (valid);

  return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
}

PltPersonRecord *
plt_person_record_new (const char *id_number)
{
  PltPersonRecord *self = g_atomic_rc_box_new0 (PltPersonRecord);

  self->id_number = clean (id_number);
  if (self->id_number == NULL)
    self->id_number = g_strdup ("");

  return self;
}

/**
 * plt_person_record_new_from_answer:
 * @id_number: whom the registry was asked about
 * @answer: what it answered
 *
 * Returns: (transfer full): a record without a history, which answers do not tell
 */
PltPersonRecord *
plt_person_record_new_from_answer (const char      *id_number,
                                   PltSourceAnswer *answer)
{
  PltPersonRecord *self = plt_person_record_new (id_number);

  for (int i = 0; i < PLT_N_FIELDS; i++)
    plt_person_record_set_field (self, (PltField) i,
                                 plt_source_answer_get_field (answer, (PltField) i));

  return self;
}

PltPersonRecord *
plt_person_record_new_from_hit (PltPersonHit *hit)
{
  PltPersonRecord *self = plt_person_record_new (plt_person_hit_get_id_number (hit));

  for (int i = 0; i < PLT_N_FIELDS; i++)
    plt_person_record_set_field (self, (PltField) i, plt_person_hit_get_field (hit, (PltField) i));

  return self;
}

PltPersonRecord *
plt_person_record_ref (PltPersonRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_record (gpointer data)
{
  PltPersonRecord *self = data;

  g_free (self->id_number);
  for (int i = 0; i < PLT_N_FIELDS; i++)
    g_free (self->fields[i]);
  for (int i = 0; i < PLT_N_RECORD_LISTS; i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
}

void
plt_person_record_unref (PltPersonRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

/* @value: (nullable): %NULL and "" are “not known” */
void
plt_person_record_set_field (PltPersonRecord *self,
                             PltField         field,
                             const char      *value)
{
  g_return_if_fail ((int) field >= 0 && field < PLT_N_FIELDS);

  g_free (self->fields[field]);
  self->fields[field] = clean (value);
}

/**
 * plt_person_record_add:
 * @self: a record that is being filled
 * @list: of what
 * @value: (nullable): one of them; %NULL or "" says that the register keeps such a list, and that
 *   it is empty so far
 */
void
plt_person_record_add (PltPersonRecord *self,
                       PltRecordList    list,
                       const char      *value)
{
  g_return_if_fail ((int) list >= 0 && list < PLT_N_RECORD_LISTS);

  g_autofree char *kept = clean (value);
  GPtrArray *values = self->lists[list];

  if (values == NULL)
    {
      values = self->lists[list] = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (values, NULL);
    }
  if (kept != NULL && values->len <= MAX_VALUES)
    g_ptr_array_insert (values, (int) values->len - 1, g_steal_pointer (&kept));
}

const char *
plt_person_record_get_id_number (PltPersonRecord *self)
{
  return self->id_number;
}

/* (nullable): %NULL if it is not known */
const char *
plt_person_record_get_field (PltPersonRecord *self,
                             PltField         field)
{
  g_return_val_if_fail ((int) field >= 0 && field < PLT_N_FIELDS, NULL);

  return self->fields[field];
}

/* (transfer none) (array zero-terminated=1): never %NULL */
const char * const *
plt_person_record_get_list (PltPersonRecord *self,
                            PltRecordList    list)
{
  static const char * const none[] = { NULL };

  g_return_val_if_fail ((int) list >= 0 && list < PLT_N_RECORD_LISTS, none);

  return self->lists[list] != NULL ? (const char * const *) self->lists[list]->pdata : none;
}

/* Whether the register keeps such a list at all, so that an empty one says something. */
gboolean
plt_person_record_keeps (PltPersonRecord *self,
                         PltRecordList    list)
{
  g_return_val_if_fail ((int) list >= 0 && list < PLT_N_RECORD_LISTS, FALSE);

  return self->lists[list] != NULL;
}

gboolean
plt_record_list_from_nick (const char    *nick,
                           PltRecordList *list)
{
  for (int i = 0; i < PLT_N_RECORD_LISTS; i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *list = (PltRecordList) i;
        return TRUE;
      }

  return FALSE;
}
