/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a card's twin and shows it; keeps its files in a folder when that is wanted. */
#include "plt-twin-window.h"

#include "plt-facts.h"
#include "plt-panes.h"
#include "plt-pills.h"
#include "plt-texture.h"
#include "plt-twin.h"
#include "plt-twin-rows.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

#define SIDE_WIDTH 420
#define SIDE_HEIGHT 266

/* In the order in which they are shown. */
enum
{
  FACT_CARD,
  FACT_BLANK,
  FACT_APPLICATION,
  FACT_LAYOUT,
  FACT_PRINTER,
  FACT_HANDED_OVER,
};

struct _PltTwinWindow
{
  AdwWindow             parent_instance;

  PltOffice            *office;
  GCancellable         *cancellable;
  char                 *number; /* as it was asked for */
  PltTwin              *twin;   /* NULL until it was read */
  GtkFileChooserNative *chooser;

  AdwWindowTitle       *title;
  GtkWidget            *keep;
  AdwToastOverlay      *toasts;
  GtkStack             *stack;
  AdwStatusPage        *failed;
  GtkWidget            *again;
  GtkWidget            *verdict;
  GtkImage             *verdict_icon;
  GtkLabel             *verdict_title;
  GtkLabel             *verdict_text;
  GtkLabel             *state;
  PltFacts             *facts;
  GtkWidget            *sides;
  GtkPicture           *front;
  GtkPicture           *back;
  GtkLabel             *front_words;
  GtkLabel             *back_words;
  GtkLabel             *not_redrawn;
  GtkListBox           *fields;
  AdwExpanderRow       *others;
  GtkWidget            *others_list;
  GtkListBox           *sources;
  GtkListBox           *hashes;
  GtkListBox           *events;
};

G_DEFINE_FINAL_TYPE (PltTwinWindow, plt_twin_window, ADW_TYPE_WINDOW)

/* ---- the verdict ---- */

static guint
count_differences (const PltTwin *twin)
{
  guint n = 0;

  for (guint i = 0; i < twin->fields->len; i++)
    n += ((PltTwinField *) twin->fields->pdata[i])->agreement == PLT_AGREEMENT_DIFFERENT;
  for (guint i = 0; i < twin->sources->len; i++)
    n += !((PltTwinSource *) twin->sources->pdata[i])->is_good;
  for (guint i = 0; i < twin->hashes->len; i++)
    n += !((PltTwinHash *) twin->hashes->pdata[i])->same;
  return n;
}

static gboolean
was_read_back (const PltTwin *twin)
{
  for (guint i = 0; i < twin->sources->len; i++)
    {
      const PltTwinSource *source = twin->sources->pdata[i];

      if (source->carrier == PLT_TWIN_READ_BACK)
        return source->what != NULL;
    }
  return FALSE;
}

static char *
dup_verdict_text (const PltTwin *twin)
{
  if (twin->not_redrawn != NULL)
    return g_strdup_printf (_("It could not be drawn again: %s"), twin->not_redrawn);
  if (!was_read_back (twin))
    return g_strdup (_("It was not read back from the plastic yet; all else is compared."));
  return g_strdup (_("What the record said, what was drawn and what was read back from the plastic is compared field by "
                     "field, and each hash that is kept with one made now."));
}

typedef enum
{
  VERDICT_WHOLE,    /* record, drawing and plastic agree */
  VERDICT_UNREAD,   /* record and drawing do, the plastic was not read */
  VERDICT_PARTIAL,  /* something could not be compared */
  VERDICT_DIFFERENT,
} Verdict;

static const struct
{
  const char *title;
  const char *icon;
  const char *css_class;
} verdicts[] = {
  [VERDICT_WHOLE] = { N_("Everything Agrees"), "emblem-ok-symbolic", "success" },
  [VERDICT_UNREAD] = { N_("Record and Drawing Agree"), "dialog-information-symbolic", "accent" },
  [VERDICT_PARTIAL] = { N_("Not All Could Be Compared"), "dialog-warning-symbolic", "warning" },
  [VERDICT_DIFFERENT] = { NULL, "dialog-error-symbolic", "error" },
};

static Verdict
judge (const PltTwin *twin)
{
  if (count_differences (twin) > 0)
    return VERDICT_DIFFERENT;
  if (!twin->is_same || twin->not_redrawn != NULL)
    return VERDICT_PARTIAL;
  return was_read_back (twin) ? VERDICT_WHOLE : VERDICT_UNREAD;
}

static void
show_verdict (PltTwinWindow *self)
{
  guint n = count_differences (self->twin);
  Verdict verdict = judge (self->twin);
  g_autofree char *title
      = n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u difference", "%u differences", n), n)
              : g_strdup (_(verdicts[verdict].title));
  g_autofree char *text = dup_verdict_text (self->twin);

  gtk_widget_add_css_class (self->verdict, verdicts[verdict].css_class);
  gtk_image_set_from_icon_name (self->verdict_icon, verdicts[verdict].icon);
  gtk_label_set_text (self->verdict_title, title);
  gtk_label_set_text (self->verdict_text, text);
  plt_pill_show_card (self->state, self->twin->state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* ---- what is shown ---- */

static void
show_facts (PltTwinWindow *self)
{
  const PltTwin *twin = self->twin;
  g_autofree char *title = g_strdup_printf (_("Twin of Card %s"), twin->card);

  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, twin->holder_name != NULL ? twin->holder_name : "");
  gtk_window_set_title (GTK_WINDOW (self), title);
  plt_facts_set (self->facts, FACT_CARD, twin->card);
  plt_facts_set (self->facts, FACT_BLANK, twin->serial);
  plt_facts_set (self->facts, FACT_APPLICATION, twin->application);
  plt_facts_set (self->facts, FACT_LAYOUT, twin->layout);
  plt_facts_set (self->facts, FACT_PRINTER, twin->printer);
  plt_facts_set (self->facts, FACT_HANDED_OVER, twin->handover);
}

static GBytes *
find_file (const PltTwin *twin,
           const char    *name)
{
  for (guint i = 0; i < twin->files->len; i++)
    {
      const PltTwinFile *file = twin->files->pdata[i];

      if (g_str_equal (file->name, name))
        return file->bytes;
    }
  return NULL;
}

/* @title: of the side's hash, as the office calls it */
static void
show_side (PltTwinWindow *self,
           GtkPicture    *picture,
           GtkLabel      *words,
           const char    *file,
           const char    *title)
{
  const PltTwinHash *hash = NULL;

  for (guint i = 0; i < self->twin->hashes->len && hash == NULL; i++)
    if (g_str_equal (((PltTwinHash *) self->twin->hashes->pdata[i])->title, title))
      hash = self->twin->hashes->pdata[i];
  plt_texture_show (picture, find_file (self->twin, file), SIDE_WIDTH, SIDE_HEIGHT);
  if (hash != NULL)
    {
      /* Translators: a side of the card, and whether its hash is what it was */
      g_autofree char *text = g_strdup_printf (hash->same ? _("%s: the same to the dot") : _("%s: other than it was"),
                                               title);

      gtk_label_set_text (words, text);
    }
}

static void
show_sides (PltTwinWindow *self)
{
  gboolean is_drawn = self->twin->not_redrawn == NULL;

  gtk_widget_set_visible (self->sides, is_drawn);
  gtk_widget_set_visible (GTK_WIDGET (self->not_redrawn), !is_drawn);
  gtk_label_set_text (self->not_redrawn, is_drawn ? "" : self->twin->not_redrawn);
  if (!is_drawn)
    return;
  show_side (self, self->front, self->front_words, "front.png", _("Front, drawn again"));
  show_side (self, self->back, self->back_words, "back.png", _("Back, drawn again"));
}

static void
show_fields (PltTwinWindow *self)
{
  guint n_others = 0;

  gtk_list_box_append (self->fields, plt_twin_rows_new_heading ());
  for (guint i = 0; i < self->twin->fields->len; i++)
    {
      const PltTwinField *field = self->twin->fields->pdata[i];
      GtkWidget *row = plt_twin_rows_new_field (field);

      if (row != NULL)
        gtk_list_box_append (self->fields, row);
      else
        adw_expander_row_add_row (self->others, plt_twin_rows_new_other (field));
      n_others += row == NULL;
    }
  gtk_widget_set_visible (self->others_list, n_others > 0);
}

static void
show_lists (PltTwinWindow *self)
{
  for (guint i = 0; i < self->twin->sources->len; i++)
    gtk_list_box_append (self->sources, plt_twin_rows_new_source (self->twin->sources->pdata[i]));
  for (guint i = 0; i < self->twin->hashes->len; i++)
    gtk_list_box_append (self->hashes, plt_twin_rows_new_hash (self->twin->hashes->pdata[i]));
  for (guint i = 0; i < self->twin->events->len; i++)
    gtk_list_box_append (self->events, plt_twin_rows_new_event (self->twin->events->pdata[i]));
}

static void
show_twin (PltTwinWindow *self)
{
  show_verdict (self);
  show_facts (self);
  show_sides (self);
  show_fields (self);
  show_lists (self);
  gtk_stack_set_visible_child_name (self->stack, "twin");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "twin.keep", TRUE);
  gtk_widget_grab_focus (self->verdict);
}

/* ---- reading ---- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltTwin *twin = plt_twin_finish (result, &error);
  PltTwinWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_TWIN_WINDOW (user_data);
  if (twin == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->failed), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      error->message, -1);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      gtk_widget_grab_focus (self->again);
      return;
    }
  self->twin = twin;
  show_twin (self);
}

static void
begin (PltTwinWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "twin.keep", FALSE);
  plt_twin_async (self->office, self->number, NULL, self->cancellable, read_cb, self);
}

static void
read_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  if (PLT_TWIN_WINDOW (widget)->twin == NULL)
    begin (PLT_TWIN_WINDOW (widget));
}

/* ---- keeping its files ---- */

static gboolean
write_file (GFile       *folder,
            const char  *name,
            GBytes      *bytes,
            GError     **error)
{
  /* Names come out of a file: none leads out of the folder. */
  g_autofree char *base = g_path_get_basename (name);
  g_autoptr (GFile) file = g_file_get_child (folder, base);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, error);
}

typedef struct
{
  GFile     *folder;
  GPtrArray *files; /* PltTwinFile, of the twin */
  GBytes    *json;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->folder);
  g_ptr_array_unref (self->files);
  g_bytes_unref (self->json);
  g_free (self);
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Keeping *keeping = task_data;
  GError *error = NULL;

  for (guint i = 0; i < keeping->files->len && error == NULL; i++)
    {
      const PltTwinFile *file = keeping->files->pdata[i];

      write_file (keeping->folder, file->name, file->bytes, &error);
    }
  if (error != NULL || !write_file (keeping->folder, "twin.json", keeping->json, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean kept = g_task_propagate_boolean (G_TASK (result), &error);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  PltTwinWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_TWIN_WINDOW (user_data);
  text = kept ? g_strdup_printf (_("The twin of card %s was kept."), self->twin->card)
              : g_strdup_printf (_("The twin of card %s was not kept: %s"), self->twin->card, error->message);
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
chosen_cb (PltTwinWindow *self,
           int            response)
{
  g_autoptr (GFile) folder = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autoptr (GTask) task = NULL;
  Keeping *keeping;

  g_clear_object (&self->chooser);
  if (folder == NULL || self->twin == NULL)
    return;
  task = g_task_new (NULL, self->cancellable, kept_cb, self);
  keeping = g_new0 (Keeping, 1);
  keeping->folder = g_steal_pointer (&folder);
  keeping->files = g_ptr_array_ref (self->twin->files);
  keeping->json = g_bytes_new (self->twin->json, strlen (self->twin->json));
  g_task_set_task_data (task, keeping, (GDestroyNotify) keeping_free);
  g_task_run_in_thread (task, keep_thread);
}

static void
keep_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltTwinWindow *self = PLT_TWIN_WINDOW (widget);

  if (self->chooser != NULL || self->twin == NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Keep the Twin in a Folder"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Keep"), NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- life ---- */

static void
signed_in_changed_cb (PltTwinWindow *self)
{
  if (!plt_session_is_signed_in (plt_office_get_session (self->office)))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
plt_twin_window_dispose (GObject *object)
{
  PltTwinWindow *self = PLT_TWIN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->office);
  g_clear_pointer (&self->twin, plt_twin_free);
  g_clear_pointer (&self->number, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_TWIN_WINDOW);

  G_OBJECT_CLASS (plt_twin_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, keep);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, again);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, verdict);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, verdict_title);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, verdict_text);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, state);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, sides);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, front);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, back);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, front_words);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, back_words);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, not_redrawn);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, fields);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, others);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, others_list);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, sources);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, hashes);
  gtk_widget_class_bind_template_child (widget_class, PltTwinWindow, events);
}

static void
plt_twin_window_class_init (PltTwinWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_twin_window_dispose;
  g_type_ensure (PLT_TYPE_FACTS);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "twin.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "twin.read-again", NULL, read_again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "twin.keep", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/platen/Platen/panes/twin/plt-twin-window.ui");
  bind_children (widget_class);
}

static void
plt_twin_window_init (PltTwinWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_facts_set_columns (self->facts, 3);
  plt_facts_add (self->facts, _("Card"));
  plt_facts_add (self->facts, _("Blank"));
  plt_facts_add (self->facts, _("Application"));
  plt_facts_add (self->facts, _("Layout"));
  plt_facts_add (self->facts, _("Printer"));
  plt_facts_add (self->facts, _("Handed over"));
}

GtkWindow *
plt_twin_window_new (GtkWidget  *beside,
                     PltOffice  *office,
                     const char *number)
{
  GtkRoot *root = gtk_widget_get_root (beside);
  PltTwinWindow *self = g_object_new (PLT_TYPE_TWIN_WINDOW, "transient-for", root, NULL);

  self->office = g_object_ref (office);
  self->number = g_strdup (number);
  g_signal_connect_object (plt_office_get_session (office), "notify::signed-in", G_CALLBACK (signed_in_changed_cb),
                           self, G_CONNECT_SWAPPED);
  begin (self);
  return GTK_WINDOW (self);
}
