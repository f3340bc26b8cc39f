/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltIsoError:
 * @PLT_ISO_ERROR_NEEDS_LATIN: a name has letters without a Latin spelling; ask the clerk
 * @PLT_ISO_ERROR_TOO_LONG: a value does not fit its field or symbol; named in the message
 * @PLT_ISO_ERROR_INVALID: the bytes are not of the format
 * @PLT_ISO_ERROR_SIGNATURE: the signature does not verify
 * @PLT_ISO_ERROR_KEY: a key or certificate cannot be used
 * @PLT_ISO_ERROR_UNCONFIRMED: refused by name because the standard's text was not to be had
 * @PLT_ISO_ERROR_NOT_CURRENT: genuine, but before its first or after its last day
 */
typedef enum
{
  PLT_ISO_ERROR_NEEDS_LATIN,
  PLT_ISO_ERROR_TOO_LONG,
  PLT_ISO_ERROR_INVALID,
  PLT_ISO_ERROR_SIGNATURE,
  PLT_ISO_ERROR_KEY,
  PLT_ISO_ERROR_UNCONFIRMED,
  PLT_ISO_ERROR_NOT_CURRENT,
} PltIsoError;

#define PLT_ISO_ERROR (plt_iso_error_quark ())
GQuark plt_iso_error_quark (void);

G_END_DECLS
