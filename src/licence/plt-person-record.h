/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one register has written down of a person, with what it keeps of before: the matter of the
 * search for one person under two numbers. Reference counted; filled by the one who makes it and
 * never changed once it has been handed on. */
#pragma once

#include "plt-person-hit.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

/* What a record may have any number of. */
typedef enum
{
  PLT_RECORD_FORMER_NAME,    /* "former_family_names" */
  PLT_RECORD_FORMER_ADDRESS, /* "former_addresses" */
  PLT_RECORD_FORMER_ID,      /* "former_ids" */
  PLT_RECORD_DOCUMENT,       /* "documents": their numbers */
  PLT_RECORD_PORTRAIT,       /* "portrait": what the register calls the picture */
  PLT_N_RECORD_LISTS,
} PltRecordList;

typedef struct _PltPersonRecord PltPersonRecord;

PltPersonRecord    *plt_person_record_new             (const char      *id_number);
PltPersonRecord    *plt_person_record_new_from_answer (const char      *id_number,
                                                       PltSourceAnswer *answer);
PltPersonRecord    *plt_person_record_new_from_hit    (PltPersonHit    *hit);
PltPersonRecord    *plt_person_record_ref             (PltPersonRecord *self);
void                plt_person_record_unref           (PltPersonRecord *self);

void                plt_person_record_set_field       (PltPersonRecord *self,
                                                       PltField         field,
                                                       const char      *value);
void                plt_person_record_add             (PltPersonRecord *self,
                                                       PltRecordList    list,
                                                       const char      *value);

const char         *plt_person_record_get_id_number   (PltPersonRecord *self);
const char         *plt_person_record_get_field       (PltPersonRecord *self,
                                                       PltField         field);
const char * const *plt_person_record_get_list        (PltPersonRecord *self,
                                                       PltRecordList    list);
gboolean            plt_person_record_keeps           (PltPersonRecord *self,
                                                       PltRecordList    list);

gboolean            plt_record_list_from_nick         (const char      *nick,
                                                       PltRecordList   *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPersonRecord, plt_person_record_unref)

G_END_DECLS
