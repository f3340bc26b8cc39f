/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second record that may be of the person who was looked up, and why. */
#include "plt-duplicate-find.h"

#include "plt-difference.h"
#include "plt-id-number.h"

#include <glib/gi18n-lib.h>

struct _PltDuplicateFind
{
  GObject parent_instance;
  PltPersonRecord *record;
  PltDuplicate duplicate;
  char *name;
  char *reason;
  char *text;
  char *link;
  gboolean mistyped;
};

enum
{
  PROP_0,
  PROP_ID_NUMBER,
  PROP_NAME,
  PROP_BIRTH_DATE,
  PROP_ADDRESS,
  PROP_LEVEL,
  PROP_SCORE,
  PROP_REASON,
  PROP_TEXT,
  PROP_LINK,
  PROP_DIFFERENCE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltDuplicateFind, plt_duplicate_find, G_TYPE_OBJECT)

static const char *
get_text (PltDuplicateFind *self,
          guint             property_id)
{
  switch (property_id)
    {
    case PROP_ID_NUMBER:
      return plt_person_record_get_id_number (self->record);
    case PROP_NAME:
      return self->name;
    case PROP_BIRTH_DATE:
      return plt_person_record_get_field (self->record, PLT_FIELD_BIRTH_DATE);
    case PROP_ADDRESS:
      return plt_person_record_get_field (self->record, PLT_FIELD_ADDRESS);
    case PROP_LEVEL:
      return plt_duplicate_level_to_nick (self->duplicate.level);
    case PROP_REASON:
      return self->reason;
    case PROP_TEXT:
      return self->text;
    case PROP_DIFFERENCE:
      return self->mistyped ? plt_difference_to_nick (PLT_DIFFERENCE_WRONG_CHECK) : NULL;
    case PROP_LINK:
    default:
      return self->link;
    }
}

static void
plt_duplicate_find_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PltDuplicateFind *self = PLT_DUPLICATE_FIND (object);

  if (property_id == PROP_SCORE)
    g_value_set_int (value, plt_duplicate_get_score (&self->duplicate));
  else if (property_id > PROP_0 && property_id < N_PROPS)
    g_value_set_string (value, get_text (self, property_id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
plt_duplicate_find_finalize (GObject *object)
{
  PltDuplicateFind *self = PLT_DUPLICATE_FIND (object);

  plt_person_record_unref (self->record);
  g_free (self->name);
  g_free (self->reason);
  g_free (self->text);
  g_free (self->link);
  G_OBJECT_CLASS (plt_duplicate_find_parent_class)->finalize (object);
}

static void
plt_duplicate_find_class_init (PltDuplicateFindClass *klass)
{
  static const char * const names[N_PROPS] = {
    [PROP_ID_NUMBER] = "id-number", [PROP_NAME] = "name", [PROP_BIRTH_DATE] = "birth-date",
    [PROP_ADDRESS] = "address", [PROP_LEVEL] = "level", [PROP_REASON] = "reason",
    [PROP_TEXT] = "text", [PROP_LINK] = "link", [PROP_DIFFERENCE] = "difference",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plt_duplicate_find_get_property;
  object_class->finalize = plt_duplicate_find_finalize;
  for (int i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = names[i] != NULL
                      ? g_param_spec_string (names[i], NULL, NULL, NULL, flags)
                      : g_param_spec_int ("score", NULL, NULL, 0, 100, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_duplicate_find_init (PltDuplicateFind *self)
{
}

static char *
make_name (PltPersonRecord *record)
{
  const char *given = plt_person_record_get_field (record, PLT_FIELD_GIVEN_NAMES);
  const char *family = plt_person_record_get_field (record, PLT_FIELD_FAMILY_NAME);

  if (given == NULL)
    return g_strdup (family);

  return family != NULL ? g_strconcat (given, " ", family, NULL) : g_strdup (given);
}

/**
 * plt_duplicate_find_new:
 * @record: what is known of the other one
 * @duplicate: how the two compare; copied
 *
 * Returns: (transfer full): a find
 */
PltDuplicateFind *
plt_duplicate_find_new (PltPersonRecord    *record,
                        const PltDuplicate *duplicate)
{
  PltDuplicateFind *self = g_object_new (PLT_TYPE_DUPLICATE_FIND, NULL);
  g_autofree char *number
    = plt_id_number_to_display (plt_person_record_get_id_number (record));

  self->record = plt_person_record_ref (record);
  self->duplicate = *duplicate;
  self->name = make_name (record);
  self->reason = plt_duplicate_to_reason (duplicate);
  /* Translators: an ID number, and a sentence such as “Both have the same birth date.” */
  self->text = g_strdup_printf (duplicate->level == PLT_DUPLICATE_PROBABLE
                                  ? _("There is probably a second record of this person under %s: %s")
                                  : _("There may be a second record of this person under %s: %s"),
                                number, self->reason);

  return self;
}

PltDuplicateFind *
plt_duplicate_find_new_mistyped (PltPersonRecord    *record,
                                 const PltDuplicate *duplicate,
                                 PltSource           source)
{
  PltDuplicateFind *self = plt_duplicate_find_new (record, duplicate);

  self->mistyped = TRUE;
  g_free (self->text);
  /* Translators: a registry, a number, and a sentence such as “Both have the same birth date.” */
  self->text = g_strdup_printf (_("%s: this person probably stands there under %s, a number with a wrong check "
                                  "digit, and what stands there is missing here. Have that entry corrected. %s"),
                                plt_source_get_title (source),
                                plt_person_record_get_id_number (record), self->reason);

  return self;
}

gboolean
plt_duplicate_find_is_mistyped (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), FALSE);

  return self->mistyped;
}

const char *
plt_duplicate_find_get_id_number (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), NULL);

  return plt_person_record_get_id_number (self->record);
}

PltDuplicateLevel
plt_duplicate_find_get_level (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), PLT_DUPLICATE_UNLIKELY);

  return self->duplicate.level;
}

const char *
plt_duplicate_find_get_reason (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), NULL);

  return self->reason;
}

const char *
plt_duplicate_find_get_link (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), NULL);

  return self->link;
}

void
plt_duplicate_find_set_link (PltDuplicateFind *self,
                             const char       *state)
{
  g_return_if_fail (PLT_IS_DUPLICATE_FIND (self));

  if (g_strcmp0 (self->link, state) == 0)
    return;
  g_free (self->link);
  self->link = g_strdup (state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK]);
}

gboolean
plt_duplicate_find_can_link (PltDuplicateFind *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATE_FIND (self), FALSE);

  return !self->mistyped && (self->link == NULL || g_str_equal (self->link, "unlinked") ||
                             g_str_equal (self->link, "refused"));
}
