/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A found person in a list: the name in both scripts, when and where the person was born and lives,
 * the places that know the person, and why the search found them. */
#include "plt-hit-row.h"

#include "plt-application.h"
#include "plt-date.h"
#include "plt-field-text.h"
#include "plt-id-number.h"

#include <glib/gi18n-lib.h>

struct _PltHitRow
{
  GtkListBoxRow  parent_instance;

  PltPersonHit  *hit;

  GtkLabel      *name;
  GtkLabel      *native_name;
  GtkBox        *badges;
  GtkLabel      *person;
  GtkLabel      *address;
  GtkLabel      *reasons;
};

G_DEFINE_FINAL_TYPE (PltHitRow, plt_hit_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
describe_person (PltPersonHit *hit)
{
  const char *born = plt_person_hit_get_field (hit, PLT_FIELD_BIRTH_DATE);
  const char *died = plt_person_hit_get_field (hit, PLT_FIELD_DEATH_DATE);
  g_autofree char *id = plt_id_number_to_display (plt_person_hit_get_id_number (hit));
  g_autofree char *born_text = plt_field_to_display (PLT_FIELD_BIRTH_DATE, born);
  g_autofree char *died_text = plt_field_to_display (PLT_FIELD_DEATH_DATE, died);

  if (born == NULL)
    return g_strdup (id);
  /* Translators: date of birth, date of death, ID number */
  if (died != NULL)
    return g_strdup_printf (_("born %s · died %s · %s"), born_text, died_text, id);

  /* Translators: date of birth, ID number */
  return g_strdup_printf (_("born %s · %s"), born_text, id);
}

static void
add_badge (PltHitRow  *self,
           const char *text)
{
  GtkWidget *badge = gtk_label_new (text);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (self->badges, badge);
}

static void
show_badges (PltHitRow *self)
{
  const char *application = plt_person_hit_get_application (self->hit);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->badges))) != NULL)
    gtk_box_remove (self->badges, child);
  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      if (plt_person_hit_has_source (self->hit, source))
        add_badge (self, plt_source_get_title (source));
    }
  if (application != NULL)
    add_badge (self, application);
}

static char *
describe_reasons (PltPersonHit *hit)
{
  g_autofree char *reasons = plt_person_hit_dup_reasons (hit);

  /* Translators: %s is a list such as “family name (sounds alike), date of birth” */
  return *reasons != '\0' ? g_strdup_printf (_("Matched because: %s"), reasons) : NULL;
}

static void
update (PltHitRow *self)
{
  g_autofree char *name = plt_person_hit_dup_name (self->hit);
  g_autofree char *native = plt_person_hit_dup_native_name (self->hit);
  g_autofree char *person = describe_person (self->hit);
  g_autofree char *reasons = describe_reasons (self->hit);
  const char *address = plt_person_hit_get_field (self->hit, PLT_FIELD_ADDRESS);
  g_autofree char *spoken = NULL;

  show_text (self->name, name != NULL ? name : _("Not in this office’s records"));
  show_text (self->native_name, native);
  show_text (self->person, person);
  show_text (self->address, address);
  show_text (self->reasons, reasons);
  show_badges (self);

  spoken = g_strjoin (". ", gtk_label_get_text (self->name), person,
                      address != NULL ? address : "", reasons, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
plt_hit_row_dispose (GObject *object)
{
  PltHitRow *self = PLT_HIT_ROW (object);

  g_clear_object (&self->hit);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_HIT_ROW);

  G_OBJECT_CLASS (plt_hit_row_parent_class)->dispose (object);
}

static void
plt_hit_row_class_init (PltHitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_hit_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/search/plt-hit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, name);
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, native_name);
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, badges);
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, person);
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, address);
  gtk_widget_class_bind_template_child (widget_class, PltHitRow, reasons);
}

static void
plt_hit_row_init (PltHitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plt_hit_row_new (gpointer item,
                 gpointer user_data)
{
  PltHitRow *self = g_object_new (PLT_TYPE_HIT_ROW, NULL);

  self->hit = g_object_ref (item);
  g_signal_connect_object (self->hit, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

PltPersonHit *
plt_hit_row_get_hit (PltHitRow *self)
{
  return self->hit;
}
