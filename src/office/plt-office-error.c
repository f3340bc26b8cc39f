/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the errors of the database, registries, encoders, renderer and printers into one domain:
 * each code is a different next step. */
#include "plt-office-error-private.h"

#include "plt-issuer-key.h"
#include "plt-layout.h"
#include "plt-licence-error.h"
#include "plt-pg-error.h"
#include "plt-printer.h"
#include "plt-registry-client.h"
#include "plt-store.h"

typedef struct
{
  char *rule;
  char *detail;
} PltOfficeErrorPrivate;

static void
plt_office_error_private_init (PltOfficeErrorPrivate *self)
{
}

static void
plt_office_error_private_copy (const PltOfficeErrorPrivate *source,
                               PltOfficeErrorPrivate       *copy)
{
  copy->rule = g_strdup (source->rule);
  copy->detail = g_strdup (source->detail);
}

static void
plt_office_error_private_clear (PltOfficeErrorPrivate *self)
{
  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->detail, g_free);
}

G_DEFINE_EXTENDED_ERROR (PltOfficeError, plt_office_error)

GError *
plt_office_error_new (PltOfficeError  code,
                      const char     *rule,
                      const char     *format,
                      ...)
{
  va_list args;

  va_start (args, format);
  GError *error = g_error_new_valist (PLT_OFFICE_ERROR, code, format, args);
  va_end (args);
  plt_office_error_get_private (error)->rule = g_strdup (rule);
  return error;
}

static PltOfficeError
find_code_of_pg (const GError *error)
{
  const char *rule = plt_pg_error_get_rule (error);

  switch ((PltPgError) error->code)
    {
    case PLT_PG_ERROR_OFFLINE:
    case PLT_PG_ERROR_TIMED_OUT:
      return PLT_OFFICE_ERROR_OFFLINE;
    case PLT_PG_ERROR_UNKNOWN_FATE:
      return PLT_OFFICE_ERROR_UNKNOWN_FATE;
    case PLT_PG_ERROR_REFUSED:
      return PLT_OFFICE_ERROR_REFUSED;
    case PLT_PG_ERROR_FORBIDDEN:
      return PLT_OFFICE_ERROR_FORBIDDEN;
    case PLT_PG_ERROR_CONFLICT:
      return PLT_OFFICE_ERROR_CONFLICT;
    case PLT_PG_ERROR_SESSION:
      return rule != NULL && g_str_has_prefix (rule, "SECOND_FACTOR")
                 ? PLT_OFFICE_ERROR_SECOND_FACTOR
                 : PLT_OFFICE_ERROR_SESSION;
    case PLT_PG_ERROR_RULE:
      return g_strcmp0 (rule, "NOT_FOUND") == 0 ? PLT_OFFICE_ERROR_NOT_FOUND : PLT_OFFICE_ERROR_RULE;
    case PLT_PG_ERROR_TOO_NEW:
      return PLT_OFFICE_ERROR_SETUP;
    case PLT_PG_ERROR_FAILED:
    default:
      return PLT_OFFICE_ERROR_FAILED;
    }
}

static PltOfficeError
find_code_of_iso (const GError *error)
{
  switch ((PltIsoError) error->code)
    {
    case PLT_ISO_ERROR_KEY:
    case PLT_ISO_ERROR_KEY_ABSENT:
    case PLT_ISO_ERROR_KEY_PURPOSE:
    case PLT_ISO_ERROR_KEY_EARLY:
    case PLT_ISO_ERROR_KEY_EXPIRED:
    case PLT_ISO_ERROR_KEY_RETIRED:
    case PLT_ISO_ERROR_KEY_REVOKED:
    case PLT_ISO_ERROR_KEY_SECRET:
    case PLT_ISO_ERROR_TOKEN:
    case PLT_ISO_ERROR_UNCONFIRMED:
      return PLT_OFFICE_ERROR_SETUP;
    case PLT_ISO_ERROR_NEEDS_LATIN:
    case PLT_ISO_ERROR_TOO_LONG:
    case PLT_ISO_ERROR_INVALID:
    case PLT_ISO_ERROR_SIGNATURE:
    case PLT_ISO_ERROR_NOT_CURRENT:
    default:
      return PLT_OFFICE_ERROR_INVALID;
    }
}

static PltOfficeError
find_code (const GError *error)
{
  if (error->domain == PLT_PG_ERROR)
    return find_code_of_pg (error);
  if (error->domain == PLT_ISO_ERROR)
    return find_code_of_iso (error);
  if (error->domain == PLT_LICENCE_ERROR)
    return PLT_OFFICE_ERROR_INVALID;
  if (error->domain == PLT_STORE_ERROR)
    return error->code == PLT_STORE_ERROR_NOT_FOUND ? PLT_OFFICE_ERROR_NOT_FOUND
                                                    : PLT_OFFICE_ERROR_SETUP;
  if (error->domain == PLT_CARD_ERROR)
    return error->code == PLT_CARD_ERROR_LAYOUT || error->code == PLT_CARD_ERROR_FONT
               ? PLT_OFFICE_ERROR_SETUP
               : PLT_OFFICE_ERROR_INVALID;
  if (error->domain == PLT_PRINT_ERROR)
    return PLT_OFFICE_ERROR_PRINTER;
  if (error->domain == PLT_REGISTRY_ERROR || error->domain == G_FILE_ERROR
      || error->domain == G_KEY_FILE_ERROR)
    return PLT_OFFICE_ERROR_SETUP;
  return PLT_OFFICE_ERROR_FAILED;
}

static char *
describe (const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s %d", g_quark_to_string (error->domain), error->code);
  if (error->domain == PLT_PG_ERROR)
    {
      const char *sqlstate = plt_pg_error_get_sqlstate (error);
      const char *constraint = plt_pg_error_get_constraint (error);
      const char *detail = plt_pg_error_get_detail (error);

      if (sqlstate != NULL)
        g_string_append_printf (text, ", SQLSTATE %s", sqlstate);
      if (constraint != NULL)
        g_string_append_printf (text, ", constraint %s", constraint);
      if (detail != NULL)
        g_string_append_printf (text, ": %s", detail);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GError *
plt_office_error_convert (GError *error)
{
  if (error == NULL || error->domain == PLT_OFFICE_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  GError *ours = g_error_new_literal (PLT_OFFICE_ERROR, find_code (error), error->message);
  PltOfficeErrorPrivate *private = plt_office_error_get_private (ours);
  if (error->domain == PLT_PG_ERROR)
    private->rule = g_strdup (plt_pg_error_get_rule (error));
  private->detail = describe (error);
  g_error_free (error);
  return ours;
}

void
plt_office_return_error (GTask  *task,
                         GError *error)
{
  g_task_return_error (task, plt_office_error_convert (error));
}

const char *
plt_office_error_get_rule (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return error->domain == PLT_OFFICE_ERROR ? plt_office_error_get_private (error)->rule : NULL;
}

const char *
plt_office_error_get_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return error->domain == PLT_OFFICE_ERROR ? plt_office_error_get_private (error)->detail : NULL;
}
