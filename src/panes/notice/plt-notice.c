/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar that says what is wrong and what happens now. */
#include "plt-notice.h"

#include "plt-panes.h"

struct _PltNotice
{
  GtkWidget    parent_instance;

  GtkRevealer *revealer;
  GtkWidget   *box;
  GtkImage    *icon;
  GtkLabel    *text;
  GtkButton   *button;
};

G_DEFINE_FINAL_TYPE (PltNotice, plt_notice, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *css_class;
} kinds[] = {
  [PLT_NOTICE_INFO] = { "dialog-information-symbolic", "info" },
  [PLT_NOTICE_WARNING] = { "dialog-warning-symbolic", "warning" },
  [PLT_NOTICE_ERROR] = { "dialog-error-symbolic", "error" },
};

/* What is not shown must not be read out either: a bar that has slid away leaves the tree. */
static void
child_revealed_cb (PltNotice *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GtkSizeRequestMode
plt_notice_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Who asks for a height and gives no width, as AdwToastOverlay does, gets that of the words on one line: by
 * default it would be that of one letter a line, and the window would become higher than the screen. */
static void
plt_notice_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  GtkWidget *child = GTK_WIDGET (PLT_NOTICE (widget)->revealer);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
plt_notice_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  gtk_widget_size_allocate (GTK_WIDGET (PLT_NOTICE (widget)->revealer),
                            &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static void
plt_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_NOTICE);

  G_OBJECT_CLASS (plt_notice_parent_class)->dispose (object);
}

static void
plt_notice_class_init (PltNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_notice_dispose;
  widget_class->get_request_mode = plt_notice_get_request_mode;
  widget_class->measure = plt_notice_measure;
  widget_class->size_allocate = plt_notice_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_css_name (widget_class, "notice");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/notice/plt-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, PltNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, PltNotice, box);
  gtk_widget_class_bind_template_child (widget_class, PltNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, PltNotice, text);
  gtk_widget_class_bind_template_child (widget_class, PltNotice, button);
}

static void
plt_notice_init (PltNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->revealer, "notify::child-revealed",
                           G_CALLBACK (child_revealed_cb), self, G_CONNECT_SWAPPED);
}

void
plt_notice_show (PltNotice     *self,
                 PltNoticeKind  kind,
                 const char    *text,
                 const char    *button,
                 const char    *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_remove_css_class (self->box, kinds[i].css_class);
  gtk_widget_add_css_class (self->box, kinds[kind].css_class);

  gtk_image_set_from_icon_name (self->icon, kinds[kind].icon);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (button, "_", -1);
      g_autofree char *name = g_strjoinv ("", parts);

      gtk_button_set_label (self->button, button);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      plt_panes_name_once (GTK_WIDGET (self->button));
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  plt_panes_say (GTK_WIDGET (self), text);
}

void
plt_notice_clear (PltNotice *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
}

/* Returns: what is shown now, or NULL */
const char *
plt_notice_get_text (PltNotice *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->text) : NULL;
}
