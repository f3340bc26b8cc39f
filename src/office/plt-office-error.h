/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltOfficeError: each code is a different next step; the message is the sentence to show.
 * @PLT_OFFICE_ERROR_OFFLINE: the database cannot be reached; nothing was changed
 * @PLT_OFFICE_ERROR_UNKNOWN_FATE: the connection broke while saving; look before trying again
 * @PLT_OFFICE_ERROR_REFUSED: name or password is wrong
 * @PLT_OFFICE_ERROR_SECOND_FACTOR: a (new) six-digit code is needed
 * @PLT_OFFICE_ERROR_SESSION: the session ended or is locked; sign in again
 * @PLT_OFFICE_ERROR_FORBIDDEN: this role may not do it
 * @PLT_OFFICE_ERROR_RULE: a rule said no; plt_office_error_get_rule() names it
 * @PLT_OFFICE_ERROR_CONFLICT: somebody else changed the record first; read it again
 * @PLT_OFFICE_ERROR_INVALID: what was given cannot be used
 * @PLT_OFFICE_ERROR_NOT_FOUND: no such record in this office
 * @PLT_OFFICE_ERROR_PRINTER: the printer or print server; the message says what
 * @PLT_OFFICE_ERROR_SETUP: configuration, keys, layouts, adapter files or database version
 * @PLT_OFFICE_ERROR_FAILED: a fault of ours
 */
typedef enum
{
  PLT_OFFICE_ERROR_OFFLINE,
  PLT_OFFICE_ERROR_UNKNOWN_FATE,
  PLT_OFFICE_ERROR_REFUSED,
  PLT_OFFICE_ERROR_SECOND_FACTOR,
  PLT_OFFICE_ERROR_SESSION,
  PLT_OFFICE_ERROR_FORBIDDEN,
  PLT_OFFICE_ERROR_RULE,
  PLT_OFFICE_ERROR_CONFLICT,
  PLT_OFFICE_ERROR_INVALID,
  PLT_OFFICE_ERROR_NOT_FOUND,
  PLT_OFFICE_ERROR_PRINTER,
  PLT_OFFICE_ERROR_SETUP,
  PLT_OFFICE_ERROR_FAILED,
} PltOfficeError;

#define PLT_OFFICE_ERROR (plt_office_error_quark ())
GQuark      plt_office_error_quark      (void);

/* "FOUR_EYES", "STATE", …; NULL when no rule is behind it, nor
 * behind any error of others. And the technical detail for the log. */
const char *plt_office_error_get_rule   (const GError *error);
const char *plt_office_error_get_detail (const GError *error);

G_END_DECLS
