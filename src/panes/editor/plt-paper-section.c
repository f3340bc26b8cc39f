/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the papers of an application, records one and takes one back. What was typed stays until the
 * database has taken it. */
#include "plt-paper-section.h"

#include "plt-case-papers.h"
#include "plt-editor-section.h"
#include "plt-law.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

struct _PltPaperSection
{
  AdwBin        parent_instance;

  PltOffice    *office;
  PltCase      *kase;
  GCancellable *cancellable; /* of what is read for the case */
  GPtrArray    *kinds;       /* PltPaperKind; NULL until they have been read */
  GPtrArray    *fields;      /* of the members: GtkDropDown or GtkEditable, (transfer none) */
  char         *taken;       /* the paper that is asked about */
  gboolean      busy;

  GtkWidget    *list;
  GtkLabel     *said;
  GtkWidget    *add;
  GtkWidget    *form;
  GtkDropDown  *kind;
  GtkEditable  *dated;
  GtkEditable  *authority;
  GtkEditable  *reference;
  GtkBox       *members;
  GtkWidget    *record;
};

static void
say (PltPaperSection *self,
     const char      *words)
{
  gtk_label_set_text (self->said, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), words != NULL && *words != '\0');
}

/* ---- the list ---- */

static void
add_row (PltPaperSection *self,
         const PltPaper  *paper,
         gboolean         may_edit)
{
  GtkWidget *row = plt_text_row_new (paper->title, paper->detail);

  if (!paper->stands)
    gtk_widget_add_css_class (row, "dim-label");
  if (paper->stands && may_edit)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("Take _Back…"));
      /* Translators: a paper */
      g_autofree char *label = g_strdup_printf (_("Take back: %s"), paper->title);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "papers.take-back");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", paper->id);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      plt_text_row_add_suffix (PLT_TEXT_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
papers_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) papers = plt_case_read_papers_finish (PLT_CASE (source), result, &error);
  PltPaperSection *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_PAPER_SECTION (user_data);
  if (papers == NULL)
    {
      say (self, error->message);
      return;
    }
  plt_panes_empty_list (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < papers->len; i++)
    add_row (self, papers->pdata[i], gtk_widget_get_visible (self->add));
  gtk_widget_set_visible (self->list, papers->len > 0);
}

static void
stop (PltPaperSection *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* ---- the form ---- */

static const PltPaperKind *
get_kind (PltPaperSection *self)
{
  guint at = gtk_drop_down_get_selected (self->kind);

  return self->kinds != NULL && at < self->kinds->len ? self->kinds->pdata[at] : NULL;
}

/* An enumeration is chosen; what the paper need not say may stay unsaid. */
static GtkWidget *
build_choice (PltPaperSection    *self,
              const char         *title,
              const char * const *words,
              gboolean            demanded)
{
  g_autoptr (GtkStringList) shown = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new_with_mnemonic (title);
  GtkWidget *choice;

  if (!demanded)
    gtk_string_list_append (shown, _("The paper does not say"));
  for (int i = 0; words[i] != NULL; i += 2)
    gtk_string_list_append (shown, _(words[i + 1]));
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&shown)), NULL);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), choice);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_RELATION_LABELLED_BY, caption,
                                  NULL, -1);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), choice);
  gtk_box_append (self->members, box);

  return choice;
}

static char *
dup_plain (const char *title)
{
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("", parts);
}

static void record_cb (PltPaperSection *self);

/* Return in the last field records the paper, as in the others. */
static GtkEditable *
build_entry (PltPaperSection *self,
             const char      *title,
             const char      *plain)
{
  GtkEditable *entry = plt_panes_append_entry (self->members, title, plain);

  g_signal_connect_object (entry, "activate", G_CALLBACK (record_cb), self, G_CONNECT_SWAPPED);

  return entry;
}

static void
kind_changed_cb (PltPaperSection *self)
{
  const PltPaperKind *kind = get_kind (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->members))) != NULL)
    gtk_box_remove (self->members, child);
  g_ptr_array_set_size (self->fields, 0);
  for (int i = 0; kind != NULL && kind->members[i] != NULL; i++)
    {
      const char *title = plt_paper_member_get_title (kind->members[i]);
      const char * const *words = plt_paper_member_get_words (kind, kind->members[i]);
      g_autofree char *plain = dup_plain (title);
      gboolean demanded = g_strv_contains ((const char * const *) kind->demanded, kind->members[i]);

      if (words != NULL)
        g_ptr_array_add (self->fields, build_choice (self, title, words, demanded));
      else
        g_ptr_array_add (self->fields, build_entry (self, title, plain));
    }
}

static void
kinds_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltPaperSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_law_ask_finish (result, &error);
  g_autoptr (GPtrArray) kinds = error == NULL ? plt_paper_kinds_parse (json, &error) : NULL;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  if (self->office == NULL)
    return;
  if (kinds == NULL)
    {
      say (self, error->message);
      return;
    }
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  self->kinds = g_steal_pointer (&kinds);
  for (guint i = 0; i < self->kinds->len; i++)
    gtk_string_list_append (titles, ((PltPaperKind *) self->kinds->pdata[i])->title);
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (titles));
  kind_changed_cb (self);
}

static void
empty_form (PltPaperSection *self)
{
  gtk_editable_set_text (self->dated, "");
  gtk_editable_set_text (self->authority, "");
  gtk_editable_set_text (self->reference, "");
  kind_changed_cb (self);
}

static void
show_form (PltPaperSection *self,
           gboolean         shown)
{
  gtk_widget_set_visible (self->form, shown);
  if (shown && self->kinds == NULL)
    plt_law_ask_async (self->office, PLT_LAW_EVIDENCE_KINDS, NULL, NULL, kinds_read_cb,
                       g_object_ref (self));
}

static void
add_cb (PltPaperSection *self)
{
  show_form (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->kind));
}

static void
cancel_cb (PltPaperSection *self)
{
  empty_form (self);
  say (self, NULL);
  show_form (self, FALSE);
  gtk_widget_grab_focus (self->add);
}

static void
set_busy (PltPaperSection *self,
          gboolean         busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->record, !busy);
}

static void
recorded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltPaperSection) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_paper_finish (PLT_CASE (source), result, &error);

  if (self->office == NULL)
    return;
  set_busy (self, FALSE);
  if (!done)
    {
      say (self, error->message);
      return;
    }
  cancel_cb (self);
  plt_panes_toast (GTK_WIDGET (self), "%s", _("The paper is recorded, and the rules have looked at it."));
}

/* What the chosen line of a choice is stored as. */
static const char *
get_chosen (const PltPaperKind *kind,
            const char         *member,
            GtkDropDown        *choice)
{
  const char * const *words = plt_paper_member_get_words (kind, member);
  int at = (int) gtk_drop_down_get_selected (choice);

  if (!g_strv_contains ((const char * const *) kind->demanded, member))
    at--;

  return at < 0 ? "" : words[2 * at];
}

static void
record_cb (PltPaperSection *self)
{
  const PltPaperKind *kind = get_kind (self);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  if (self->busy || kind == NULL || self->kase == NULL)
    return;
  for (guint i = 0; i < self->fields->len; i++)
    {
      gpointer field = self->fields->pdata[i];

      g_ptr_array_add (values, (char *) (GTK_IS_DROP_DOWN (field)
                                           ? get_chosen (kind, kind->members[i], field)
                                           : gtk_editable_get_text (field)));
    }
  g_ptr_array_add (values, NULL);
  set_busy (self, TRUE);
  say (self, NULL);
  plt_case_record_paper_async (self->kase, kind, gtk_editable_get_text (self->dated),
                               gtk_editable_get_text (self->authority),
                               gtk_editable_get_text (self->reference),
                               (const char * const *) values->pdata, NULL, recorded_cb,
                               g_object_ref (self));
}

/* ---- taking back ---- */

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltPaperSection) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!plt_case_paper_finish (PLT_CASE (source), result, &error) && self->office != NULL)
    say (self, error->message);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltPaperSection *self = PLT_PAPER_SECTION (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);

  if (reason != NULL && self->kase != NULL && self->taken != NULL)
    plt_case_take_back_paper_async (self->kase, self->taken, reason, NULL, taken_back_cb,
                                    g_object_ref (self));
}

static void
take_back_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltPaperSection *self = PLT_PAPER_SECTION (widget);

  g_free (self->taken);
  self->taken = g_variant_dup_string (parameter, NULL);
  plt_reason_dialog_ask_async (widget, _("Take Back the Paper?"),
                               _("It stays on record with your reason, and the rules no longer count it."),
                               _("_Take Back"), NULL, NULL, reason_given_cb, NULL);
}

/* ---- the section ---- */

static void
plt_paper_section_show (PltEditorSection *section,
                        PltOffice        *office,
                        PltCase          *kase,
                        PltCaseCan        can)
{
  PltPaperSection *self = PLT_PAPER_SECTION (section);
  gboolean may_edit = kase != NULL && (can & PLT_CASE_CAN_EDIT) != 0;

  g_set_object (&self->office, office);
  if (g_set_object (&self->kase, kase))
    {
      plt_panes_empty_list (GTK_LIST_BOX (self->list));
      gtk_widget_set_visible (self->list, FALSE);
      empty_form (self);
      show_form (self, FALSE);
      say (self, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), kase != NULL);
  gtk_widget_set_visible (self->add, may_edit);
  if (!may_edit)
    show_form (self, FALSE);
  stop (self);
  if (kase == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  plt_case_read_papers_async (kase, self->cancellable, papers_read_cb, self);
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = plt_paper_section_show;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltPaperSection, plt_paper_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_paper_section_dispose (GObject *object)
{
  PltPaperSection *self = PLT_PAPER_SECTION (object);

  stop (self);
  g_clear_object (&self->kase);
  g_clear_object (&self->office);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->taken, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_PAPER_SECTION);

  G_OBJECT_CLASS (plt_paper_section_parent_class)->dispose (object);
}

static void
plt_paper_section_finalize (GObject *object)
{
  g_ptr_array_unref (PLT_PAPER_SECTION (object)->fields);

  G_OBJECT_CLASS (plt_paper_section_parent_class)->finalize (object);
}

static void
plt_paper_section_class_init (PltPaperSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_paper_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_paper_section_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-paper-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, list);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, said);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, add);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, form);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, kind);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, dated);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, authority);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, reference);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, members);
  gtk_widget_class_bind_template_child (widget_class, PltPaperSection, record);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_install_action (widget_class, "papers.take-back", "s", take_back_action);
}

static void
plt_paper_section_init (PltPaperSection *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
}
