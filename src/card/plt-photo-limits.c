/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the file of checks and their limits. */
#include "plt-photo-limits.h"

#include "plt-photo-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char * const nicks[] = {
  [PLT_PHOTO_CHECK_FACES] = "faces",
  [PLT_PHOTO_CHECK_SIZE] = "size",
  [PLT_PHOTO_CHECK_EYE_DISTANCE] = "eye_distance",
  [PLT_PHOTO_CHECK_HEAD_HEIGHT] = "head_height",
  [PLT_PHOTO_CHECK_EYES_MIDDLE] = "eyes_middle",
  [PLT_PHOTO_CHECK_EYES_HEIGHT] = "eyes_height",
  [PLT_PHOTO_CHECK_EYES_LEVEL] = "eyes_level",
  [PLT_PHOTO_CHECK_SHARPNESS] = "sharpness",
  [PLT_PHOTO_CHECK_OVEREXPOSED] = "overexposed",
  [PLT_PHOTO_CHECK_UNDEREXPOSED] = "underexposed",
  [PLT_PHOTO_CHECK_CONTRAST] = "contrast",
  [PLT_PHOTO_CHECK_LIGHTING] = "lighting",
  [PLT_PHOTO_CHECK_COLOUR] = "colour",
  [PLT_PHOTO_CHECK_SKIN] = "skin",
  [PLT_PHOTO_CHECK_BACKGROUND] = "background",
  [PLT_PHOTO_CHECK_BACKGROUND_LIGHT] = "background_light",
  [PLT_PHOTO_CHECK_BACKGROUND_EVEN] = "background_even",
  [PLT_PHOTO_CHECK_FACE_FREE] = "face_free",
  [PLT_PHOTO_CHECK_HEAD_COVER] = "head_cover",
};

const char *
plt_photo_check_get_nick (PltPhotoCheck check)
{
  g_return_val_if_fail ((guint) check < PLT_N_PHOTO_CHECKS, NULL);

  return nicks[check];
}

void
plt_photo_limits_free (PltPhotoLimits *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_free (self);
}

static gboolean
fail (GError     **error,
      const char  *name,
      const char  *member,
      const char  *why)
{
  return plt_photo_settings_fail (PLT_PHOTO_SETTINGS_CHECKS, name, member, why, error);
}

static gboolean
read_limit (JsonObject  *object,
            const char  *check,
            const char  *name,
            PltPhotoLimit *limit,
            GError     **error)
{
  struct { const char *member; double *value; } members[] = {
    { "warn_below", &limit->warn_below }, { "warn_above", &limit->warn_above },
    { "fail_below", &limit->fail_below }, { "fail_above", &limit->fail_above },
  };
  g_autoptr (GList) found = json_object_get_members (object);

  *limit = (PltPhotoLimit) { TRUE, -INFINITY, INFINITY, -INFINITY, INFINITY };
  for (GList *l = found; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      g_autofree char *path = g_strdup_printf ("checks.%s.%s", check, (const char *) l->data);
      double *value = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
        if (g_str_equal (members[i].member, l->data))
          value = members[i].value;
      if (value == NULL)
        return fail (error, name, path, _("is none of warn_below, warn_above, fail_below and "
                                          "fail_above"));
      if (!JSON_NODE_HOLDS_VALUE (node)
          || (json_node_get_value_type (node) != G_TYPE_INT64
              && json_node_get_value_type (node) != G_TYPE_DOUBLE))
        return fail (error, name, path, _("must be a number"));
      *value = json_node_get_double (node);
    }
  return TRUE;
}

static gboolean
read_checks (JsonObject      *checks,
             const char      *name,
             PltPhotoLimits  *self,
             GError         **error)
{
  g_autoptr (GList) found = json_object_get_members (checks);

  for (GList *l = found; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (checks, l->data);
      g_autofree char *path = g_strdup_printf ("checks.%s", (const char *) l->data);
      int check = -1;

      for (int i = 0; i < PLT_N_PHOTO_CHECKS; i++)
        if (i != PLT_PHOTO_CHECK_HEAD_COVER && g_str_equal (nicks[i], l->data))
          check = i;
      if (check < 0)
        return fail (error, name, path, _("is no check that there is"));
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, name, path, _("must be an object in braces"));
      if (!read_limit (json_node_get_object (node), l->data, name, &self->limits[check], error))
        return FALSE;
    }
  return TRUE;
}

PltPhotoLimits *
plt_photo_limits_parse (const char  *json,
                        gssize       length,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (PltPhotoLimits) self = g_new0 (PltPhotoLimits, 1);
  g_autoptr (JsonParser) settings =
    plt_photo_settings_parse (PLT_PHOTO_SETTINGS_CHECKS, json, length, name, error);
  JsonNode *version, *checks;

  if (settings == NULL)
    return NULL;
  version = plt_photo_settings_get (settings, "version", JSON_NODE_VALUE);
  checks = plt_photo_settings_get (settings, "checks", JSON_NODE_OBJECT);
  if (version == NULL || json_node_get_string (version) == NULL)
    fail (error, name, "version", _("must be a text"));
  else if (checks == NULL)
    fail (error, name, "checks", _("must be an object in braces"));
  else if (read_checks (json_node_get_object (checks), name, self, error))
    {
      self->version = g_strdup (json_node_get_string (version));
      return g_steal_pointer (&self);
    }
  return NULL;
}

PltPhotoLimits *
plt_photo_limits_load (const char  *path,
                       GError     **error)
{
  gsize length = 0;
  g_autofree char *json =
    plt_photo_settings_read (PLT_PHOTO_SETTINGS_CHECKS, path, &length, error);

  return json != NULL ? plt_photo_limits_parse (json, (gssize) length, path, error) : NULL;
}
