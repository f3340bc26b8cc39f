/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A found person; what several places say of one ID number is one hit. */
#include "plt-person-hit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PltPersonHit
{
  GObject  parent_instance;

  char    *id_number;
  char    *fields[PLT_N_FIELDS];
  double   score;
  GArray  *matches; /* PltSearchMatch, each once */
  guint    sources; /* 1 << PltSource */
  char    *application;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltPersonHit, plt_person_hit, G_TYPE_OBJECT)

static void
plt_person_hit_finalize (GObject *object)
{
  PltPersonHit *self = PLT_PERSON_HIT (object);

  g_free (self->id_number);
  for (int i = 0; i < PLT_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_array_unref (self->matches);
  g_free (self->application);

  G_OBJECT_CLASS (plt_person_hit_parent_class)->finalize (object);
}

static void
plt_person_hit_class_init (PltPersonHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_person_hit_finalize;

  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_PERSON_HIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
plt_person_hit_init (PltPersonHit *self)
{
  self->matches = g_array_new (FALSE, FALSE, sizeof (PltSearchMatch));
}

PltPersonHit *
plt_person_hit_new (const char *id_number)
{
  PltPersonHit *self = g_object_new (PLT_TYPE_PERSON_HIT, NULL);

  self->id_number = g_strdup (id_number);

  return self;
}

const char *
plt_person_hit_get_id_number (PltPersonHit *self)
{
  return self->id_number;
}

/* @value: (nullable): in the canonical form of plt-source.h; empty is as NULL */
void
plt_person_hit_set_field (PltPersonHit *self,
                          PltField      field,
                          const char   *value)
{
  g_free (self->fields[field]);
  self->fields[field] = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/* (nullable) */
const char *
plt_person_hit_get_field (PltPersonHit *self,
                          PltField      field)
{
  return self->fields[field];
}

static char *
join_names (const char *family,
            const char *given)
{
  if (family == NULL || given == NULL)
    return g_strdup (family != NULL ? family : given);

  /* Translators: how a person stands in a list: family name, given names. */
  return g_strdup_printf (C_("person", "%s, %s"), family, given);
}

/* Returns: (transfer full) (nullable): "Müller, Anna" */
char *
plt_person_hit_dup_name (PltPersonHit *self)
{
  return join_names (self->fields[PLT_FIELD_FAMILY_NAME], self->fields[PLT_FIELD_GIVEN_NAMES]);
}

/* Returns: (transfer full) (nullable): the same in the other script */
char *
plt_person_hit_dup_native_name (PltPersonHit *self)
{
  return join_names (self->fields[PLT_FIELD_FAMILY_NAME_NATIVE],
                     self->fields[PLT_FIELD_GIVEN_NAMES_NATIVE]);
}

void
plt_person_hit_set_score (PltPersonHit *self,
                          double        score)
{
  self->score = CLAMP (score, 0, 1);
}

double
plt_person_hit_get_score (PltPersonHit *self)
{
  return self->score;
}

static gboolean
is_name (PltMatchMember member)
{
  return member == PLT_MATCH_FAMILY_NAME || member == PLT_MATCH_GIVEN_NAMES;
}

/* Of two matches of one member the better one stays: the earlier in the enumeration. Which name it
 * is says more than that it is one. */
void
plt_person_hit_add_match (PltPersonHit   *self,
                          PltSearchMatch  match)
{
  for (guint i = 0; i < self->matches->len; i++)
    {
      PltSearchMatch *known = &g_array_index (self->matches, PltSearchMatch, i);

      if (known->member == PLT_MATCH_NAME && is_name (match.member))
        {
          *known = match;
          return;
        }
      if (is_name (known->member) && match.member == PLT_MATCH_NAME)
        return;
      if (known->member != match.member)
        continue;
      known->how = MIN (known->how, match.how);
      return;
    }
  g_array_append_val (self->matches, match);
}

const PltSearchMatch *
plt_person_hit_get_matches (PltPersonHit *self,
                            guint        *n_matches)
{
  *n_matches = self->matches->len;

  return (const PltSearchMatch *) (void *) self->matches->data;
}

/* Returns: (transfer full): "family name (sounds alike), date of birth", for people */
char *
plt_person_hit_dup_reasons (PltPersonHit *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->matches->len; i++)
    {
      g_autofree char *reason
        = plt_search_match_to_display (g_array_index (self->matches, PltSearchMatch, i));

      /* Translators: between the members of a list. */
      g_string_append_printf (text, "%s%s", i > 0 ? _(", ") : "", reason);
    }

  return g_string_free (text, FALSE);
}

void
plt_person_hit_add_source (PltPersonHit *self,
                           PltSource     source)
{
  self->sources |= 1u << source;
}

gboolean
plt_person_hit_has_source (PltPersonHit *self,
                           PltSource     source)
{
  return (self->sources & 1u << source) != 0;
}

void
plt_person_hit_set_application (PltPersonHit *self,
                                const char   *number)
{
  g_free (self->application);
  self->application = g_strdup (number);
}

const char *
plt_person_hit_get_application (PltPersonHit *self)
{
  return self->application;
}

/* Names of the population register come before those of others. */
static gboolean
is_better (PltPersonHit *self,
           PltPersonHit *other)
{
  return plt_person_hit_has_source (other, PLT_SOURCE_IDENTITY) &&
         !plt_person_hit_has_source (self, PLT_SOURCE_IDENTITY);
}

/**
 * plt_person_hit_merge:
 * @self: a hit
 * @other: what another place says of the same ID number; not changed
 */
void
plt_person_hit_merge (PltPersonHit *self,
                      PltPersonHit *other)
{
  gboolean better = is_better (self, other);

  for (int i = 0; i < PLT_N_FIELDS; i++)
    {
      if (other->fields[i] != NULL && (better || self->fields[i] == NULL))
        plt_person_hit_set_field (self, (PltField) i, other->fields[i]);
    }
  for (guint i = 0; i < other->matches->len; i++)
    plt_person_hit_add_match (self, g_array_index (other->matches, PltSearchMatch, i));
  if (self->application == NULL)
    plt_person_hit_set_application (self, other->application);
  self->score = MAX (self->score, other->score);
  self->sources |= other->sources;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * plt_person_hit_compare:
 * @a: a hit
 * @b: another
 *
 * Returns: negative when @a is to stand before @b: the better match, then by name and ID number
 */
int
plt_person_hit_compare (PltPersonHit *a,
                        PltPersonHit *b)
{
  g_autofree char *a_name = plt_person_hit_dup_name (a);
  g_autofree char *b_name = plt_person_hit_dup_name (b);

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (a_name != NULL && b_name != NULL && g_utf8_collate (a_name, b_name) != 0)
    return g_utf8_collate (a_name, b_name);

  return strcmp (a->id_number, b->id_number);
}
