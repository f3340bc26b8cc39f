/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box: one folder that holds everything of one demonstration office, and what is written
 * down about it (box.ini). Processes that belong to it watch that file: when it goes, they go.
 *
 *   box.ini            citizens, seed, ports; also the mark by which “down” knows a box
 *   pg/                the PostgreSQL cluster and its socket, owned by the service user
 *   run/               process ids, logs and fault acknowledgements of the registries
 *   faults/            one control file per registry
 *   keys/ secrets/     keys and certificates; passwords, tokens, TOTP secrets
 *   registries/        adapter files;  platen.conf  beside them
 */
#pragma once

#include <sys/types.h>

#include "plt-demo-error.h"

G_BEGIN_DECLS

typedef struct _PltDemoBox PltDemoBox;

PltDemoBox *plt_demo_box_new           (const char  *folder,
                                        GError     **error);
void        plt_demo_box_free          (PltDemoBox  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoBox, plt_demo_box_free)

gboolean    plt_demo_box_exists        (PltDemoBox  *self);
gboolean    plt_demo_box_create        (PltDemoBox  *self,
                                        GError     **error);
gboolean    plt_demo_box_require       (PltDemoBox  *self,
                                        GError     **error);
gboolean    plt_demo_box_remove        (PltDemoBox  *self,
                                        GError     **error);

const char *plt_demo_box_get_folder    (PltDemoBox  *self);
char       *plt_demo_box_path          (PltDemoBox  *self,
                                        const char  *first,
                                        ...) G_GNUC_NULL_TERMINATED;
gboolean    plt_demo_box_make_folder   (PltDemoBox  *self,
                                        const char  *name,
                                        gboolean     for_service,
                                        GError     **error);
gboolean    plt_demo_box_remove_folder (PltDemoBox  *self,
                                        const char  *name,
                                        GError     **error);
gboolean    plt_demo_box_give_to_service (PltDemoBox *self,
                                        const char  *path,
                                        GError     **error);
gboolean    plt_demo_box_write_secret  (PltDemoBox  *self,
                                        const char  *path,
                                        const char  *text,
                                        GError     **error);

/* The user that the database and the registries run as; 0 never. */
const char *plt_demo_box_get_service_user (PltDemoBox *self);
gboolean    plt_demo_box_drops_root    (PltDemoBox  *self);
gboolean    plt_demo_box_become_service (PltDemoBox *self,
                                        GError     **error);

char       *plt_demo_box_dup_value     (PltDemoBox  *self,
                                        const char  *group,
                                        const char  *key);
gint64      plt_demo_box_get_number    (PltDemoBox  *self,
                                        const char  *group,
                                        const char  *key);
gboolean    plt_demo_box_set_value     (PltDemoBox  *self,
                                        const char  *group,
                                        const char  *key,
                                        const char  *value,
                                        GError     **error);

G_END_DECLS
