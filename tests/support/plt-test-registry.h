/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry's server over TLS on a free loopback port, in a thread of its own, that answers what it
 * is told to, well or badly. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_TEST_FAULT_NONE, /* the answer that was set */
  PLT_TEST_FAULT_HANG, /* never answers */
  PLT_TEST_FAULT_DRIP, /* one byte every 20 ms, without end */
  PLT_TEST_FAULT_CUT,  /* closes in the middle of the body */
  PLT_TEST_FAULT_HUGE, /* 100 MB in chunks, without a length beforehand */
  PLT_TEST_FAULT_LATE, /* the answer that was set, PLT_TEST_LATE_MS after the question */
  PLT_TEST_FAULT_RAW,  /* the body that was set is all of the answer, status line and headers too */
} PltTestFault;

#define PLT_TEST_LATE_MS 1500

typedef struct _PltTestRegistry PltTestRegistry;

/* @certificate: "server", "expired" or "strange" of @folder (plt-test-certificates.h);
 * @header, @value: (nullable): what a request must carry, else it gets 401; with @mutual a
 * client certificate of the folder's authority. */
PltTestRegistry *plt_test_registry_new          (const char       *folder,
                                                 const char       *certificate,
                                                 gboolean          mutual,
                                                 const char       *header,
                                                 const char       *value);
void             plt_test_registry_free         (PltTestRegistry  *self);
void             plt_test_registry_set_answer   (PltTestRegistry  *self,
                                                 int               status,
                                                 const char       *content_type,
                                                 GBytes           *body);
void             plt_test_registry_set_fault    (PltTestRegistry  *self,
                                                 PltTestFault      fault);
int              plt_test_registry_get_port     (PltTestRegistry  *self);
int              plt_test_registry_get_requests (PltTestRegistry  *self);
/* Connections that carried them. */
int              plt_test_registry_get_connections (PltTestRegistry *self);
/* Bytes of bodies handed to the network. */
gint64           plt_test_registry_get_sent     (PltTestRegistry  *self);
/* Whether a body that drips or is huge is still under way: wait for its end before freeing, or the
 * server blocks on a socket that nobody reads. */
gboolean         plt_test_registry_is_feeding   (PltTestRegistry  *self);
/* A header of the last request, or NULL. */
char            *plt_test_registry_dup_header   (PltTestRegistry  *self,
                                                 const char       *name);
/* Sent with each answer; NULL for none. */
void             plt_test_registry_set_header   (PltTestRegistry  *self,
                                                 const char       *name,
                                                 const char       *value);
/* Path and query of the last request. */
char            *plt_test_registry_dup_target   (PltTestRegistry  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTestRegistry, plt_test_registry_free)

G_END_DECLS
