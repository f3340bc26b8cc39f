/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A press without an office: an issuer with a root and its keys in files, and holders of every kind with
 * photographs as a desk stores them. */
#pragma once

#include "plt-press.h"

G_BEGIN_DECLS

typedef struct _PltTestPress PltTestPress;

PltTestPress *plt_test_press_new            (void);
void          plt_test_press_free           (PltTestPress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTestPress, plt_test_press_free)

/* @issuer: what stands in [issuer] beside the folder of keys, as lines of a key file. (transfer full): a
 * press that has opened nothing yet. */
PltPress     *plt_test_press_make           (PltTestPress *self,
                                             const char   *issuer);
const char   *plt_test_press_get_folder     (PltTestPress *self);

/* (element-type PltStoreCardData) (transfer full): those of data/layouts/proof whom @layout (an id) can
 * show, each with a photograph of its own. */
GPtrArray    *plt_test_press_make_holders   (PltPress     *press,
                                             const char   *layout);

G_END_DECLS
