/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs the content of a form closer than cairo does. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One subpath or some, spelled so that it can be told from those before it: see
 * plt-card-content-rows.c. */
typedef struct _PltContentPacker PltContentPacker;

PltContentPacker *plt_content_packer_new      (void);
void              plt_content_packer_free     (PltContentPacker *self);
void              plt_content_packer_add_text (PltContentPacker *self,
                                               const char       *text,
                                               gsize             length);
void              plt_content_packer_add_row  (PltContentPacker *self,
                                               const char       *text,
                                               gsize             length,
                                               gboolean          is_like_last);
GBytes           *plt_content_packer_pack     (PltContentPacker *self,
                                               guint            *columns);

#define PLT_CONTENT_MAX_NUMBERS 6

typedef struct
{
  char   op; /* the first letter of its operator */
  double numbers[PLT_CONTENT_MAX_NUMBERS];
} PltContentSegment;

typedef struct
{
  PltContentPacker *packer;
  double            scale;    /* what a length of one is on the page, in points */
  GArray           *segments; /* of PltContentSegment */
  GString          *spelled;  /* for its own use */
} PltContentPath;

guint             plt_content_count_numbers   (char              op);
void              plt_content_path_end        (PltContentPath   *path,
                                               gboolean          are_lines);

/* (transfer full) (nullable): a zlib stream of the same drawing as @content, which is one too; NULL where
 * that is not understood. @columns: of its predictor (ISO 32000-1, 7.4.4.4), which is Up; 0: it has none. */
GBytes           *plt_card_content_pack       (const char       *content,
                                               gsize             length,
                                               guint            *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltContentPacker, plt_content_packer_free)

G_END_DECLS
