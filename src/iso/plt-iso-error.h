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
 * @PLT_ISO_ERROR_KEY_ABSENT: there is no such key, or none for this purpose
 * @PLT_ISO_ERROR_KEY_PURPOSE: the key is for another purpose
 * @PLT_ISO_ERROR_KEY_EARLY: the key's first day has not come
 * @PLT_ISO_ERROR_KEY_EXPIRED: the key's certificate has expired
 * @PLT_ISO_ERROR_KEY_RETIRED: another key has taken this one's place
 * @PLT_ISO_ERROR_KEY_REVOKED: the key was revoked
 * @PLT_ISO_ERROR_KEY_SECRET: a passphrase or PIN is missing or wrong
 * @PLT_ISO_ERROR_TOKEN: the token is slow, gone, locked or failing; nothing was signed
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
  PLT_ISO_ERROR_KEY_ABSENT,
  PLT_ISO_ERROR_KEY_PURPOSE,
  PLT_ISO_ERROR_KEY_EARLY,
  PLT_ISO_ERROR_KEY_EXPIRED,
  PLT_ISO_ERROR_KEY_RETIRED,
  PLT_ISO_ERROR_KEY_REVOKED,
  PLT_ISO_ERROR_KEY_SECRET,
  PLT_ISO_ERROR_TOKEN,
} PltIsoError;

#define PLT_ISO_ERROR (plt_iso_error_quark ())
GQuark plt_iso_error_quark (void);

G_END_DECLS
