/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for one rule: which applications, which layout, from when to when, and why. */
#include "plt-layout-rule-dialog.h"

#include "plt-application.h"
#include "plt-date.h"
#include "plt-layout-rules.h"
#include "plt-notice.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

#define MOST_POSITION 9999
#define MOST_AGE 150

/* The kinds for which cards are drawn, as the database takes them; the first is any. */
static const char *const kinds[] = { NULL, "new", "renewal", "replacement", "correction", "upgrade",
                                     "exchange", "return" };

typedef enum
{
  ENTRY_POSITION,
  ENTRY_OFFICE,
  ENTRY_MIN_AGE,
  ENTRY_MAX_AGE,
  ENTRY_FROM,
  ENTRY_TO,
  ENTRY_REASON,
  N_ENTRIES,
} Entry;

static const struct
{
  const char *caption, *label;
} entry_words[N_ENTRIES] = {
  [ENTRY_POSITION] = { N_("_Asked at (1 to 9999; the first rule that fits chooses)"), N_("Asked at, 1 to 9999") },
  [ENTRY_OFFICE] = { N_("_Office (its code; empty for every office)"), N_("Office, empty for every office") },
  [ENTRY_MIN_AGE] = { N_("Fro_m age (whole years on the day of issue; empty for any)"),
                      N_("From age, empty for any") },
  [ENTRY_MAX_AGE] = { N_("_Up to age (empty for any)"), N_("Up to age, empty for any") },
  [ENTRY_FROM] = { N_("_First day (YYYY-MM-DD; empty for today)"), N_("First day, empty for today") },
  [ENTRY_TO] = { N_("_Last day (YYYY-MM-DD; empty for no end)"), N_("Last day, empty for no end") },
  [ENTRY_REASON] = { N_("_Reason"), N_("Reason") },
};

struct _PltLayoutRuleDialog
{
  AdwWindow      parent_instance;

  PltOffice     *office;
  GCancellable  *cancellable;
  GtkStringList *names; /* of layouts that were ever proposed */

  PltNotice     *notice;
  GtkDropDown   *layout;
  GtkDropDown   *kind;
  GtkBox        *fields;
  GtkEditable   *entries[N_ENTRIES];
};

enum
{
  PROPOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltLayoutRuleDialog, plt_layout_rule_dialog, ADW_TYPE_WINDOW)

static gboolean
is_closed (PltLayoutRuleDialog *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
refuse (PltLayoutRuleDialog *self,
        const char          *text,
        GtkWidget           *field)
{
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, text, NULL, NULL);
  gtk_widget_grab_focus (field);
}

/* ---- what is typed ---- */

static gboolean
read_number (PltLayoutRuleDialog *self,
             Entry                entry,
             int                  least,
             int                  most,
             gboolean             may_be_empty,
             char               **number)
{
  g_autoptr (GError) error = NULL;

  if (plt_layout_rule_read_number (gtk_editable_get_text (self->entries[entry]), least, most,
                                   may_be_empty, number, &error))
    return TRUE;
  refuse (self, error->message, GTK_WIDGET (self->entries[entry]));

  return FALSE;
}

static gboolean
read_day (PltLayoutRuleDialog  *self,
          Entry                 entry,
          char                **day)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entries[entry])));
  g_autofree char *text = NULL;
  PltDate date;

  if (*typed == '\0' || plt_date_parse_iso (typed, &date))
    {
      *day = *typed != '\0' ? g_steal_pointer (&typed) : NULL;
      return TRUE;
    }
  text = g_strdup_printf (_("“%s” is no day. Write it as YYYY-MM-DD."), typed);
  refuse (self, text, GTK_WIDGET (self->entries[entry]));

  return FALSE;
}

static char *
dup_typed (PltLayoutRuleDialog *self,
           Entry                entry)
{
  char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entries[entry])));

  if (*typed != '\0')
    return typed;
  g_free (typed);

  return NULL;
}

/* ---- what comes of it ---- */

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltLayoutRuleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);

  if (is_closed (self))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layout-rule.propose", TRUE);
  if (json == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  g_signal_emit (self, signals[PROPOSED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
propose_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltLayoutRuleDialog *self = PLT_LAYOUT_RULE_DIALOG (widget);
  GtkStringObject *layout = gtk_drop_down_get_selected_item (self->layout);
  guint kind = gtk_drop_down_get_selected (self->kind);
  g_autofree char *position = NULL, *min_age = NULL, *max_age = NULL, *from = NULL, *to = NULL;
  g_autofree char *office = dup_typed (self, ENTRY_OFFICE), *reason = dup_typed (self, ENTRY_REASON);

  plt_notice_clear (self->notice);
  if (layout == NULL)
    {
      refuse (self, _("No layout is chosen. Choose the layout that the rule gives."), GTK_WIDGET (self->layout));
      return;
    }
  if (!read_number (self, ENTRY_POSITION, 1, MOST_POSITION, FALSE, &position)
      || !read_number (self, ENTRY_MIN_AGE, 0, MOST_AGE, TRUE, &min_age)
      || !read_number (self, ENTRY_MAX_AGE, 0, MOST_AGE, TRUE, &max_age)
      || !read_day (self, ENTRY_FROM, &from) || !read_day (self, ENTRY_TO, &to))
    return;
  gtk_widget_action_set_enabled (widget, "layout-rule.propose", FALSE);
  plt_layout_versions_run_async (self->office, PLT_LAYOUTS_PROPOSE_RULE,
                                 (const char *[]){
                                   position, kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL,
                                   office, min_age, max_age, gtk_string_object_get_string (layout),
                                   from, to, reason },
                                 NULL, proposed_cb, g_object_ref (self));
}

static void
versions_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PltLayoutRuleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);
  g_autoptr (GPtrArray) versions = json != NULL ? plt_layout_versions_parse (json, &error) : NULL;

  if (is_closed (self))
    return;
  if (versions == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  for (guint i = 0; i < versions->len; i++)
    {
      const PltLayoutVersion *version = versions->pdata[i];

      if (g_hash_table_add (seen, version->layout))
        gtk_string_list_append (self->names, version->layout);
    }
}

/* ---- life ---- */

/* What has the keyboard in a drop-down is a button inside, which GTK leaves without a name. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fill_kinds (PltLayoutRuleDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _("Every application"));
  for (gsize i = 1; i < G_N_ELEMENTS (kinds); i++)
    {
      PltApplicationType type;

      if (plt_application_type_from_nick (kinds[i], &type))
        gtk_string_list_append (titles, plt_application_type_get_title (type));
    }
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (titles));
}

static void
plt_layout_rule_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (PLT_LAYOUT_RULE_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (plt_layout_rule_dialog_parent_class)->dispose (object);
}

static void
plt_layout_rule_dialog_finalize (GObject *object)
{
  PltLayoutRuleDialog *self = PLT_LAYOUT_RULE_DIALOG (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->names);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_layout_rule_dialog_parent_class)->finalize (object);
}

static void
plt_layout_rule_dialog_class_init (PltLayoutRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_layout_rule_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_layout_rule_dialog_finalize;
  signals[PROPOSED] = g_signal_new ("proposed", PLT_TYPE_LAYOUT_RULE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-layout-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleDialog, layout);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleDialog, fields);
  gtk_widget_class_install_action (widget_class, "layout-rule.propose", NULL, propose_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plt_layout_rule_dialog_init (PltLayoutRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->names = gtk_string_list_new (NULL);
  gtk_drop_down_set_model (self->layout, G_LIST_MODEL (self->names));
  fill_kinds (self);
  name_button (self->layout, _("Layout"));
  name_button (self->kind, _("Applications"));
  for (int i = 0; i < N_ENTRIES; i++)
    self->entries[i] = plt_panes_append_entry (self->fields, _(entry_words[i].caption),
                                               _(entry_words[i].label));
  plt_panes_name_once (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entries[ENTRY_POSITION]));
}

GtkWindow *
plt_layout_rule_dialog_new (GtkWidget *parent,
                            PltOffice *office)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent) && PLT_IS_OFFICE (office), NULL);

  PltLayoutRuleDialog *self = g_object_new (PLT_TYPE_LAYOUT_RULE_DIALOG, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->office = g_object_ref (office);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  plt_layout_versions_run_async (office, PLT_LAYOUTS_VERSIONS, NULL, self->cancellable,
                                 versions_read_cb, g_object_ref (self));

  return GTK_WINDOW (self);
}
