/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of PltPhotoDesk: the one that shows, checks and stores, and the one that gets
 * pictures. */
#pragma once

#include "plt-camera.h"
#include "plt-photo-desk.h"
#include "plt-photo-view.h"
#include "plt-picture-source.h"

G_BEGIN_DECLS

typedef struct
{
  PltPhoto       *photo;
  PltPhotoCrop    crop;
  PltPhotoOrigin  origin;
  gboolean        is_noted; /* as one that failed */
  GtkWidget      *button;
} Shot;

struct _PltPhotoDesk
{
  AdwWindow             parent_instance;

  PltCase              *kase;
  PltCamera            *camera_device;
  char                 *camera_source;
  GCancellable         *cancellable;
  PltPictureSource     *pictures;
  GPtrArray            *shots;    /* Shot */
  Shot                 *shown;    /* one of them; NULL: none */
  guint                 check_id; /* a check will be made */
  gboolean              is_checking;
  gboolean              is_stale; /* the frame moved while it was checked */
  guint                 n_loading;
  gboolean              is_storing;
  PltPhotoCover         allowed;  /* what a covered head is as far as was read */

  PltPhotoView         *view;
  GtkLabel             *message;
  GtkLabel             *verdict;
  GtkListBox           *findings;
  GtkToggleButton      *camera;
  GtkCheckButton       *covered;
  GtkWidget            *take;
  GtkWidget            *hint;     /* while there is nothing to be seen */
  GtkWidget            *shots_section;
  GtkWidget            *shots_box;
  GtkWidget            *record;
  GtkWidget            *record_box;
  GtkWidget            *spinner;
};

/* Says @sentence in the window; NULL: nothing. */
void plt_photo_desk_say             (PltPhotoDesk   *self,
                                     const char     *sentence);
void plt_photo_desk_update          (PltPhotoDesk   *self);

/* plt-photo-desk-sources.c: files, clipboard, drops, the camera, and what is on record. */
void plt_photo_desk_install_sources (GtkWidgetClass *widget_class);
void plt_photo_desk_connect_sources (PltPhotoDesk   *self);
void plt_photo_desk_read_record     (PltPhotoDesk   *self);

G_END_DECLS
