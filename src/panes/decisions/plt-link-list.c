/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists links, asks for reasons and passes on what the database says to it. */
#include "plt-link-list.h"

#include "plt-decision-step.h"
#include "plt-decisions.h"
#include "plt-link-dialog.h"
#include "plt-link-row.h"
#include "plt-notice.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

struct _PltLinkList
{
  GtkWidget        parent_instance;

  PltOffice       *office;
  char            *id_number;  /* NULL: all */
  GPtrArray       *links;      /* PltIdLink; NULL until they have been read */
  GCancellable    *cancellable;
  gint64           link;       /* what a reason is asked for */
  PltDecisionsAct  act;
  gboolean         agree;

  PltNotice       *notice;
  GtkListBox      *rows;
};

enum
{
  PROP_0,
  PROP_EMPTY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltLinkList, plt_link_list, GTK_TYPE_WIDGET)

static guint
get_may (PltLinkList     *self,
         const PltIdLink *link)
{
  PltSession *session = plt_office_get_session (self->office);
  gboolean is_supervisor = plt_session_has_role (session, PLT_ROLE_SUPERVISOR);
  guint may = 0;

  if (is_supervisor || plt_session_has_role (session, PLT_ROLE_CLERK))
    may |= PLT_LINK_MAY_ASK;
  if (is_supervisor &&
      g_strcmp0 (link->asked_by_login, plt_session_get_staff_login (session)) != 0)
    may |= PLT_LINK_MAY_ANSWER;

  return may;
}

static gboolean
has_focus (PltLinkList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows));
}

static gboolean
is_empty (PltLinkList *self)
{
  return (self->links == NULL || self->links->len == 0) &&
         plt_notice_get_text (self->notice) == NULL;
}

static void
show_links (PltLinkList *self)
{
  gboolean had_focus = has_focus (self);

  plt_panes_empty_list (self->rows);
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      const PltIdLink *link = g_ptr_array_index (self->links, i);

      gtk_list_box_append (self->rows, plt_link_row_new (link, self->id_number,
                                                         get_may (self, link)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rows), self->links != NULL && self->links->len > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->rows), GTK_DIR_TAB_FORWARD);
}

static void
show_error (PltLinkList  *self,
            const GError *error)
{
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  g_autoptr (GPtrArray) links = json != NULL ? plt_id_links_parse (json, &error) : NULL;
  PltLinkList *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (links == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->links, g_ptr_array_unref);
  self->links = g_steal_pointer (&links);
  show_links (self);
}

static void
stop (PltLinkList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_again (PltLinkList *self)
{
  if (self->office == NULL)
    return;
  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_decisions_run_async (self->office, PLT_DECISIONS_LINKS, (const char *[]) { self->id_number },
                           self->cancellable, read_cb, self);
}

static void
office_changed_cb (PltLinkList *self,
                   const char  *subject)
{
  if (self->links != NULL && (g_str_equal (subject, "link") || g_str_equal (subject, "everything")))
    read_again (self);
}

/* ---- what people do ---- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltLinkList) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A view that is closed meanwhile has nobody to tell. */
  if (self->office == NULL)
    return;
  if (plt_decision_step_finish (GTK_WIDGET (self), self->notice, result, &error))
    read_again (self);
  else
    show_error (self, error);
}

static void
run (PltLinkList        *self,
     PltDecisionsAct     act,
     const char * const *arguments)
{
  plt_decisions_run_async (self->office, act, arguments, NULL, done_cb, g_object_ref (self));
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltLinkList *self = PLT_LINK_LIST (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  g_autofree char *link = g_strdup_printf ("%" G_GINT64_FORMAT, self->link);

  if (reason == NULL || self->office == NULL)
    return;
  if (self->act == PLT_DECISIONS_PART)
    run (self, self->act, (const char *[]) { link, reason });
  else
    run (self, self->act, (const char *[]) { link, self->agree ? "true" : "false", reason });
}

static const PltIdLink *
find_link (PltLinkList *self,
           gint64       id)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      const PltIdLink *link = g_ptr_array_index (self->links, i);

      if (link->id == id)
        return link;
    }

  return NULL;
}

static const char *
get_heading (const PltIdLink *link,
             const char      *action)
{
  if (g_str_equal (action, "links.part"))
    return _("Take the Two Records Apart?");
  if (link->state == PLT_ID_LINK_PROPOSED)
    return g_str_equal (action, "links.agree") ? _("Agree: One Person?") : _("Refuse the Link?");

  return g_str_equal (action, "links.agree") ? _("Agree: Two Persons?")
                                             : _("Refuse to Take Them Apart?");
}

static void
answer_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltLinkList *self = PLT_LINK_LIST (widget);
  const PltIdLink *link = find_link (self, g_variant_get_int64 (parameter));
  g_autofree char *condition = NULL;

  if (link == NULL)
    return;
  self->link = link->id;
  self->act = g_str_equal (action, "links.part") ? PLT_DECISIONS_PART : PLT_DECISIONS_ANSWER_LINK;
  self->agree = g_str_equal (action, "links.agree");
  condition = plt_link_dup_condition (link);
  plt_reason_dialog_ask_async (widget, get_heading (link, action), condition,
                               self->act == PLT_DECISIONS_PART ? _("_Ask for It")
                               : self->agree ? _("_Agree") : _("_Refuse"), NULL, NULL,
                               reason_given_cb, NULL);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  PltLinkList *self = PLT_LINK_LIST (source);
  g_autofree char *kept = NULL;
  g_autofree char *other = NULL;
  g_autofree char *reason = plt_link_dialog_ask_finish (result, &kept, &other, NULL);

  if (reason != NULL && self->office != NULL)
    run (self, PLT_DECISIONS_LINK, (const char *[]) { kept, other, reason });
}

/* ---- the class ---- */

static void
plt_link_list_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, is_empty (PLT_LINK_LIST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
plt_link_list_dispose (GObject *object)
{
  PltLinkList *self = PLT_LINK_LIST (object);
  GtkWidget *child;

  stop (self);
  g_clear_object (&self->office);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->id_number, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plt_link_list_parent_class)->dispose (object);
}

static void
plt_link_list_class_init (PltLinkListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = plt_link_list_get_property;
  G_OBJECT_CLASS (klass)->dispose = plt_link_list_dispose;

  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "links.agree", "x", answer_action);
  gtk_widget_class_install_action (widget_class, "links.refuse", "x", answer_action);
  gtk_widget_class_install_action (widget_class, "links.part", "x", answer_action);
}

static void
plt_link_list_init (PltLinkList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->notice = g_object_new (PLT_TYPE_NOTICE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->notice), GTK_WIDGET (self));
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Linked ID numbers"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->rows), GTK_WIDGET (self));
}

void
plt_link_list_set_office (PltLinkList *self,
                          PltOffice   *office)
{
  g_return_if_fail (PLT_IS_LINK_LIST (self));
  g_return_if_fail (self->office == NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
plt_link_list_load (PltLinkList *self,
                    const char  *id_number)
{
  g_return_if_fail (PLT_IS_LINK_LIST (self));

  /* Another person's links are not shown while this one's are read. */
  if (g_strcmp0 (self->id_number, id_number) != 0)
    {
      g_clear_pointer (&self->links, g_ptr_array_unref);
      plt_notice_clear (self->notice);
      show_links (self);
    }
  g_free (self->id_number);
  self->id_number = g_strdup (id_number);
  read_again (self);
}

void
plt_link_list_ask (PltLinkList *self,
                   PltLookup   *lookup)
{
  g_return_if_fail (PLT_IS_LINK_LIST (self));
  g_return_if_fail (PLT_IS_LOOKUP (lookup));

  if (self->office != NULL)
    plt_link_dialog_ask_async (GTK_WIDGET (self), self->office, lookup, asked_cb, NULL);
}
