/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes, frames and chooses a photograph. */
#include "plt-photo-desk-private.h"

#include "plt-panes.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

#define MAX_SHOTS 6
#define THUMB_WIDTH 70
#define THUMB_HEIGHT 90
#define DELAY_MS 120 /* after the frame was moved last */

G_DEFINE_FINAL_TYPE (PltPhotoDesk, plt_photo_desk, ADW_TYPE_WINDOW)

static void
shot_free (Shot *shot)
{
  g_object_unref (shot->photo);
  g_free (shot);
}

void
plt_photo_desk_say (PltPhotoDesk *self,
                    const char   *sentence)
{
  gtk_label_set_text (self->message, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), sentence != NULL);
}

void
plt_photo_desk_update (PltPhotoDesk *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_live = gtk_toggle_button_get_active (self->camera);

  gtk_widget_set_visible (self->spinner, self->n_loading > 0 || self->is_storing);
  gtk_widget_action_set_enabled (widget, "photo.use",
                                 self->shown != NULL && !self->is_storing && !is_live);
  gtk_widget_action_set_enabled (widget, "photo.take", is_live);
  gtk_widget_set_visible (self->hint, self->shown == NULL && !is_live);
  gtk_widget_set_visible (self->shots_section, self->shots->len > 0);
}

static gboolean
is_covered (PltPhotoDesk *self)
{
  return gtk_check_button_get_active (self->covered);
}

/* ---- checks ---- */

typedef struct
{
  Shot           *shot; /* only compared */
  PltPhoto       *photo;
  PltPhotoCrop    crop;
  PltPhotoCover   cover;
} CheckTask;

static void
check_task_free (CheckTask *task)
{
  g_object_unref (task->photo);
  g_free (task);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  CheckTask *check = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPhotoLimits) limits = plt_case_load_photo_limits (&error);

  if (limits != NULL)
    g_task_return_pointer (task, plt_photo_check (check->photo, &check->crop, limits, check->cover),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GtkWidget *
new_finding_row (const PltPhotoFinding *finding,
                 int                    number)
{
  static const char * const icons[] = { "emblem-ok-symbolic", "dialog-warning-symbolic",
                                        "dialog-error-symbolic" };
  static const char * const classes[] = { "success", "warning", "error" };
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[finding->verdict]);
  g_autofree char *title = finding->verdict == PLT_PHOTO_GOOD
                             ? g_strdup (finding->text)
                             : g_strdup_printf ("%d. %s", number, finding->text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (finding->cure != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), finding->cure);
  gtk_widget_add_css_class (icon, classes[finding->verdict]);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/* What is wrong first, by the numbers of the marks; then what is good. */
static void
show_findings (PltPhotoDesk *self,
               GPtrArray    *findings)
{
  static const char *const sentences[] = { N_("The picture passes all checks."),
                                           N_("The picture can be used; look at what is marked."),
                                           N_("The picture fails its checks.") };
  GtkWidget *child;
  int number = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_list_box_remove (self->findings, child);
  for (guint i = 0; i < findings->len; i++)
    if (((PltPhotoFinding *) findings->pdata[i])->verdict != PLT_PHOTO_GOOD)
      gtk_list_box_append (self->findings, new_finding_row (findings->pdata[i], ++number));
  for (guint i = 0; i < findings->len; i++)
    if (((PltPhotoFinding *) findings->pdata[i])->verdict == PLT_PHOTO_GOOD)
      gtk_list_box_append (self->findings, new_finding_row (findings->pdata[i], 0));
  gtk_widget_set_visible (GTK_WIDGET (self->findings), findings->len > 0);
  gtk_label_set_text (self->verdict, _(sentences[plt_photo_findings_get_verdict (findings)]));
  plt_photo_view_set_findings (self->view, findings);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean waits = FALSE;
  int n_failed = 0;
  gboolean done = plt_case_note_photo_finish (PLT_CASE (source), result, &n_failed, &waits, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!done)
    plt_photo_desk_say (user_data, error->message);
  else if (waits)
    plt_photo_desk_say (user_data, _("Three photos failed their checks. A supervisor sees this application now and "
                      "decides; until then no photo is stored."));
}

static void check_soon (PltPhotoDesk *self);

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_task_propagate_pointer (G_TASK (result), &error);
  CheckTask *check = g_task_get_task_data (G_TASK (result));
  PltPhotoDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  self->is_checking = FALSE;
  if (findings == NULL)
    {
      plt_photo_desk_say (self, error->message);
      return;
    }
  if (self->is_stale || self->shown != check->shot)
    {
      check_soon (self);
      return;
    }
  show_findings (self, findings);
  /* A shot is one try, however often its frame is moved. */
  if (self->kase != NULL && !self->shown->is_noted &&
      plt_photo_findings_get_verdict (findings) == PLT_PHOTO_BAD &&
      check->cover != PLT_PHOTO_COVER_UNASKED)
    {
      self->shown->is_noted = TRUE;
      plt_case_note_photo_async (self->kase, self->shown->photo, &self->shown->crop,
                                 self->shown->origin, is_covered (self), self->cancellable, noted_cb,
                                 self);
    }
}

static gboolean
check_cb (gpointer user_data)
{
  PltPhotoDesk *self = user_data;
  g_autoptr (GTask) task = NULL;
  CheckTask *check;

  self->check_id = 0;
  if (self->shown == NULL)
    return G_SOURCE_REMOVE;
  task = g_task_new (NULL, self->cancellable, checked_cb, self);
  check = g_new0 (CheckTask, 1);
  check->shot = self->shown;
  check->photo = g_object_ref (self->shown->photo);
  check->crop = self->shown->crop;
  check->cover = is_covered (self) ? self->allowed : PLT_PHOTO_COVER_NONE;
  self->is_checking = TRUE;
  self->is_stale = FALSE;
  g_task_set_task_data (task, check, (GDestroyNotify) check_task_free);
  g_task_run_in_thread (task, check_thread);
  return G_SOURCE_REMOVE;
}

static void
check_soon (PltPhotoDesk *self)
{
  self->is_stale = TRUE;
  if (self->is_checking)
    return;
  g_clear_handle_id (&self->check_id, g_source_remove);
  self->check_id = g_timeout_add (DELAY_MS, check_cb, self);
}

static void
state_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_case_answer_finish (PLT_CASE (source), result, &error);
  PltPhotoDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (json == NULL)
    plt_photo_desk_say (self, error->message);
  else
    self->allowed = plt_case_read_cover (json);
  if (self->shown != NULL)
    check_soon (self);
}

/* Others checks apply then, and who allowed it is asked anew. */
static void
covered_toggled_cb (PltPhotoDesk *self)
{
  if (self->kase != NULL && is_covered (self))
    plt_case_read_exceptions_async (self->kase, self->cancellable, state_read_cb, self);
  else if (self->shown != NULL)
    check_soon (self);
}

static void
view_moved_cb (PltPhotoDesk *self)
{
  if (self->shown == NULL)
    return;
  self->shown->crop = *plt_photo_view_get_crop (self->view);
  check_soon (self);
}

/* ---- shots ---- */

static void
show_shot (PltPhotoDesk *self,
           Shot         *shot)
{
  g_autofree char *remark = plt_photo_dup_remark (shot->photo);

  self->shown = shot;
  gtk_toggle_button_set_active (self->camera, FALSE);
  plt_photo_view_show (self->view, shot->photo, &shot->crop);
  for (guint i = 0; i < self->shots->len; i++)
    {
      Shot *other = self->shots->pdata[i];

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other->button), other == shot);
    }
  plt_photo_desk_say (self, remark);
  check_soon (self);
  plt_photo_desk_update (self);
}

static void
shot_clicked_cb (GtkWidget *button,
                 gpointer   user_data)
{
  PltPhotoDesk *self = user_data;

  for (guint i = 0; i < self->shots->len; i++)
    {
      Shot *shot = self->shots->pdata[i];

      if (shot->button == button && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button))
          && shot != self->shown)
        show_shot (self, shot);
      else if (shot->button == button && shot == self->shown)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
    }
}

static GtkWidget *
new_thumbnail (PltPhoto           *photo,
               const PltPhotoCrop *crop)
{
  guint8 *pixels = plt_photo_sample (photo, crop, THUMB_WIDTH, THUMB_HEIGHT);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, THUMB_WIDTH * THUMB_HEIGHT * 3);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (THUMB_WIDTH, THUMB_HEIGHT,
                                                           GDK_MEMORY_R8G8B8, bytes, THUMB_WIDTH * 3);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_widget_set_size_request (picture, THUMB_WIDTH, THUMB_HEIGHT);
  return picture;
}

static void
add_shot (PltPhotoDesk   *self,
          PltPhoto       *photo,
          PltPhotoOrigin  origin)
{
  Shot *shot = g_new0 (Shot, 1);
  g_autofree char *label = NULL;

  if (self->shots->len == MAX_SHOTS)
    {
      Shot *oldest = self->shots->pdata[0];

      gtk_widget_unparent (oldest->button);
      g_ptr_array_remove_index (self->shots, 0);
    }
  shot->photo = g_object_ref (photo);
  shot->crop = plt_photo_suggest_crop (photo);
  shot->origin = origin;
  shot->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (shot->button), new_thumbnail (photo, &shot->crop));
  g_ptr_array_add (self->shots, shot);
  label = g_strdup_printf (_("Shot %u: %s"), self->shots->len, plt_photo_get_name (photo));
  gtk_accessible_update_property (GTK_ACCESSIBLE (shot->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_parent (shot->button, self->shots_box);
  g_signal_connect_object (shot->button, "toggled", G_CALLBACK (shot_clicked_cb), self, 0);
  show_shot (self, shot);
}

typedef struct
{
  PltPhotoDesk   *self;
  PltPhotoOrigin  origin;
} Loading;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Loading *loading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPhoto) photo = plt_photo_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  loading->self->n_loading--;
  if (photo != NULL)
    {
      add_shot (loading->self, photo, loading->origin);
      gtk_widget_grab_focus (GTK_WIDGET (loading->self->view));
    }
  else
    plt_photo_desk_say (loading->self, error->message);
  plt_photo_desk_update (loading->self);
}

void
plt_photo_desk_add (PltPhotoDesk   *self,
                    GBytes         *data,
                    const char     *name,
                    PltPhotoOrigin  origin)
{
  Loading *loading;

  g_return_if_fail (PLT_IS_PHOTO_DESK (self));

  loading = g_new0 (Loading, 1);
  loading->self = self;
  loading->origin = origin;
  self->n_loading++;
  plt_photo_desk_say (self, NULL);
  plt_photo_load_async (data, name, self->cancellable, loaded_cb, loading);
  plt_photo_desk_update (self);
}

/* ---- choosing ---- */

static void
used_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_set_photo_finish (PLT_CASE (source), result, &error);
  PltPhotoDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  self->is_storing = FALSE;
  plt_photo_desk_update (self);
  if (done)
    gtk_window_close (GTK_WINDOW (self));
  else
    plt_photo_desk_say (self, error->message);
}

static void
use_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltPhotoDesk *self = PLT_PHOTO_DESK (widget);

  if (self->shown == NULL || self->is_storing)
    return;
  self->is_storing = TRUE;
  self->shown->is_noted = TRUE;
  plt_case_set_photo_async (self->kase, self->shown->photo, &self->shown->crop, self->shown->origin,
                            is_covered (self), self->cancellable, used_cb, self);
  plt_photo_desk_update (self);
}

static gboolean
choose_shot (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  PltPhotoDesk *self = PLT_PHOTO_DESK (widget);
  guint number = g_variant_get_uint32 (arguments);

  if (number < self->shots->len)
    show_shot (self, self->shots->pdata[number]);
  return TRUE;
}

/* ---- the window ---- */

static void
plt_photo_desk_dispose (GObject *object)
{
  PltPhotoDesk *self = PLT_PHOTO_DESK (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->camera_device != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->camera_device, self);
      plt_camera_stop (self->camera_device);
    }
  g_clear_object (&self->camera_device);
  if (self->pictures != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pictures, self);
      plt_picture_source_stop (self->pictures);
    }
  g_clear_object (&self->pictures);
  self->shown = NULL;
  if (self->shots != NULL)
    for (guint i = 0; i < self->shots->len; i++)
      gtk_widget_unparent (((Shot *) self->shots->pdata[i])->button);
  g_clear_pointer (&self->shots, g_ptr_array_unref);
  while (self->record != NULL && (child = gtk_widget_get_first_child (self->record)) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->kase);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->camera_source, g_free);

  G_OBJECT_CLASS (plt_photo_desk_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, view);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, message);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, verdict);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, hint);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, shots_section);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, findings);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, camera);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, covered);
  gtk_widget_class_bind_template_callback (widget_class, covered_toggled_cb);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, take);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, record);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, record_box);
  gtk_widget_class_bind_template_child (widget_class, PltPhotoDesk, spinner);
  gtk_widget_class_bind_template_child_full (widget_class, "shots", FALSE,
                                             G_STRUCT_OFFSET (PltPhotoDesk, shots_box));
}

static void
plt_photo_desk_class_init (PltPhotoDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_photo_desk_dispose;
  g_type_ensure (PLT_TYPE_PHOTO_VIEW);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "photo.use", NULL, use_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "photo.use",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "photo.take", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "photo.file", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "photo.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  for (guint i = 0; i < MAX_SHOTS; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, choose_shot, "u", i);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/photo/plt-photo-desk.ui");
  plt_photo_desk_install_sources (widget_class);
  bind_children (widget_class);
}

static void
plt_photo_desk_init (PltPhotoDesk *self)
{
  self->cancellable = g_cancellable_new ();
  self->allowed = PLT_PHOTO_COVER_UNASKED;
  self->camera_device = plt_camera_new ();
  self->shots = g_ptr_array_new_with_free_func ((GDestroyNotify) shot_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  g_signal_connect_swapped (self->view, "moved", G_CALLBACK (view_moved_cb), self);
  plt_photo_desk_connect_sources (self);
  plt_photo_desk_update (self);
}

PltPhotoDesk *
plt_photo_desk_open (GtkWidget  *parent,
                     PltCase    *kase,
                     const char *camera_source)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  PltPhotoDesk *self = g_object_new (PLT_TYPE_PHOTO_DESK, "transient-for",
                                     GTK_IS_WINDOW (root) ? root : NULL, NULL);

  self->kase = g_object_ref (kase);
  self->camera_source = g_strdup (camera_source);
  plt_photo_desk_read_record (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return self;
}
