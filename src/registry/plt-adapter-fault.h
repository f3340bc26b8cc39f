/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with an adapter file, each by the path of its member, with what would be right. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;  /* “answer.fields.sex”; "" for the whole file */
  char *words; /* “must be …”, without the path */
} PltAdapterFault;

/* (element-type PltAdapterFault) */
GPtrArray  *plt_adapter_faults_new       (void);
void        plt_adapter_faults_add       (GPtrArray   *faults,
                                          const char  *path,
                                          const char  *words);
void        plt_adapter_faults_to_error  (GPtrArray   *faults,
                                          const char  *file,
                                          GError     **error);

G_END_DECLS
