/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltLicenceError:
 * @PLT_LICENCE_ERROR_INVALID: what was typed is not well formed; correct it
 * @PLT_LICENCE_ERROR_CHECK_DIGIT: the check digit is wrong; read the number again
 * @PLT_LICENCE_ERROR_UNKNOWN: a category, kind or code that this office does not know
 */
typedef enum
{
  PLT_LICENCE_ERROR_INVALID,
  PLT_LICENCE_ERROR_CHECK_DIGIT,
  PLT_LICENCE_ERROR_UNKNOWN,
} PltLicenceError;

#define PLT_LICENCE_ERROR (plt_licence_error_quark ())
GQuark plt_licence_error_quark (void);

G_END_DECLS
