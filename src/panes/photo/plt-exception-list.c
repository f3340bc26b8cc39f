/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the exceptions of an application, and asks for and decides them. */
#include "plt-exception-list.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-editor-section.h"
#include "plt-reason-dialog.h"
#include "plt-wrap-box.h"

#define N_KINDS 3

struct _PltExceptionList
{
  AdwBin        parent_instance;

  PltCase      *kase;        /* NULL: none is shown */
  GCancellable *cancellable; /* of what concerns this case */
  gboolean      may_decide;
  char         *asked;       /* the kind, or the number, that the open dialog is about */
  gboolean      allow;

  GtkWidget    *rows;
  GtkWidget    *buttons;
  GtkWidget    *asks[N_KINDS]; /* NULL: nobody asks for one of that kind */
  GtkLabel     *error;
};

static void
show_in_editor (PltEditorSection *section,
                PltOffice        *office,
                PltCase          *kase,
                PltCaseCan        can)
{
  plt_exception_list_show (PLT_EXCEPTION_LIST (section), kase, (can & PLT_CASE_CAN_EDIT) != 0,
                           (can & (PLT_CASE_CAN_DECIDE | PLT_CASE_CAN_APPROVE)) != 0);
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = show_in_editor;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltExceptionList, plt_exception_list, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static const struct
{
  const char *kind, *title, *ask, *body;
} kinds[N_KINDS] = {
  { "cannot_sign", N_("Cannot sign"), N_("Cannot _Sign…"),
    N_("Say why the holder cannot sign and which document shows it. Another person decides.") },
  { "head_cover", N_("Covered head"), N_("Covered _Head…"),
    N_("Say for which religious or medical reason the head is covered. Another person decides.") },
  { "photo", N_("Photos that failed their checks"), NULL, NULL },
};

static void
say (PltExceptionList *self,
     const char       *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltExceptionList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_case_answer_finish (PLT_CASE (source), result, &error);

  if (self->kase == PLT_CASE (source))
    say (self, json == NULL ? error->message : NULL);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltExceptionList *self = PLT_EXCEPTION_LIST (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);

  if (reason == NULL || self->kase == NULL)
    return;
  plt_reason_dialog_forget (GTK_WIDGET (self));
  if (g_ascii_isdigit (*self->asked))
    plt_case_decide_exception_async (self->kase, self->asked, self->allow, reason, NULL, written_cb,
                                     g_object_ref (self));
  else
    plt_case_ask_exception_async (self->kase, self->asked, reason, NULL, written_cb,
                                  g_object_ref (self));
}

static void
ask_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltExceptionList *self = PLT_EXCEPTION_LIST (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, g_variant_get_string (parameter, NULL)) && kinds[i].ask != NULL)
      {
        g_free (self->asked);
        self->asked = g_strdup (kinds[i].kind);
        plt_reason_dialog_ask_async (widget, _(kinds[i].title), _(kinds[i].body), _("_Ask"), NULL,
                                     NULL, reason_given_cb, NULL);
      }
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltExceptionList *self = PLT_EXCEPTION_LIST (widget);

  self->allow = g_str_equal (action, "exception.allow");
  g_free (self->asked);
  self->asked = g_strdup (g_variant_get_string (parameter, NULL));
  plt_reason_dialog_ask_async (widget, self->allow ? _("Allow the Exception?")
                                                   : _("Refuse the Exception?"),
                               _("Your reason is kept with the application."),
                               self->allow ? _("_Allow") : _("_Refuse"), NULL, NULL, reason_given_cb,
                               NULL);
}

const char *
plt_exception_list_get_title (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _(kinds[i].title);
  return kind;
}

GtkWidget *
plt_exception_button_new (const char *label,
                          const char *title,
                          const char *action,
                          const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_auto (GStrv) words = g_strsplit (label, "_", -1); /* a reader would say the mnemonic's line */
  g_autofree char *plain = g_strjoinv ("", words);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, plain);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static char *
describe (JsonObject *entry,
          const char *state)
{
  const char *reason = json_object_get_string_member_with_default (entry, "reason", "");
  const char *who = json_object_get_string_member_with_default (entry, "asked_by", "");
  const char *decided_by = json_object_get_string_member_with_default (entry, "decided_by", "");
  const char *decision = json_object_get_string_member_with_default (entry, "decision", "");

  if (g_str_equal (state, "allowed"))
    return g_strdup_printf (_("%s asked: %s — %s allowed it: %s"), who, reason, decided_by, decision);
  if (g_str_equal (state, "refused"))
    return g_strdup_printf (_("%s asked: %s — %s refused it: %s"), who, reason, decided_by, decision);
  return g_strdup_printf (_("%s asks: %s — a supervisor decides."), who, reason);
}

static void
add_row (PltExceptionList *self,
         JsonObject       *entry)
{
  const char *title = plt_exception_list_get_title (json_object_get_string_member_with_default (entry, "kind", ""));
  const char *state = json_object_get_string_member_with_default (entry, "state", "open");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                         json_object_get_int_member_with_default (entry, "id", 0));
  g_autofree char *subtitle = describe (entry, state);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (self->may_decide && g_str_equal (state, "open"))
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 plt_exception_button_new (_("_Allow"), title, "exception.allow", id));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 plt_exception_button_new (_("_Refuse"), title, "exception.refuse",
                                                           id));
    }
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
}

/* What waits, or is allowed, is not asked for again. */
static void
offer (PltExceptionList *self,
       JsonArray        *entries)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean stands = FALSE;

      for (guint k = 0; k < json_array_get_length (entries); k++)
        {
          JsonObject *entry = json_array_get_object_element (entries, k);

          stands |= g_str_equal (json_object_get_string_member_with_default (entry, "kind", ""), kinds[i].kind)
                    && !g_str_equal (json_object_get_string_member_with_default (entry, "state", ""), "refused");
        }
      if (self->asks[i] != NULL)
        gtk_widget_set_visible (self->asks[i], !stands);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_case_answer_finish (PLT_CASE (source), result, &error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  PltExceptionList *self;
  JsonArray *entries;
  GtkWidget *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || !json_object_has_member (json_node_get_object (root), "exceptions"))
    {
      say (self, error != NULL ? error->message : NULL);
      return;
    }
  entries = json_object_get_array_member (json_node_get_object (root), "exceptions");
  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    add_row (self, json_array_get_object_element (entries, i));
  gtk_widget_set_visible (self->rows, json_array_get_length (entries) > 0);
  offer (self, entries);
}

static void
plt_exception_list_dispose (GObject *object)
{
  PltExceptionList *self = PLT_EXCEPTION_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->kase);
  g_clear_pointer (&self->asked, g_free);

  G_OBJECT_CLASS (plt_exception_list_parent_class)->dispose (object);
}

static void
plt_exception_list_class_init (PltExceptionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_exception_list_dispose;
  gtk_widget_class_install_action (widget_class, "exception.ask", "s", ask_action);
  gtk_widget_class_install_action (widget_class, "exception.allow", "s", decide_action);
  gtk_widget_class_install_action (widget_class, "exception.refuse", "s", decide_action);
}

static void
plt_exception_list_init (PltExceptionList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Exceptions"), -1);
  self->error = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->error, TRUE);
  gtk_label_set_xalign (self->error, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  self->buttons = g_object_new (PLT_TYPE_WRAP_BOX, "spacing", 6, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].ask != NULL)
      {
        self->asks[i] = plt_exception_button_new (_(kinds[i].ask), _("Exception"), "exception.ask", kinds[i].kind);
        gtk_widget_set_parent (self->asks[i], self->buttons);
      }
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error));
  gtk_box_append (GTK_BOX (box), self->buttons);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
plt_exception_list_show (PltExceptionList *self,
                         PltCase          *kase,
                         gboolean          may_ask,
                         gboolean          may_decide)
{
  g_return_if_fail (PLT_IS_EXCEPTION_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (g_set_object (&self->kase, kase))
    {
      g_autoptr (JsonArray) none = json_array_new ();

      say (self, NULL);
      gtk_widget_set_visible (self->rows, FALSE);
      offer (self, none);
    }
  self->may_decide = may_decide;
  gtk_widget_set_visible (self->buttons, may_ask);
  if (kase != NULL)
    plt_case_read_exceptions_async (kase, self->cancellable, read_cb, self);
}
