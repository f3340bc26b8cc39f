/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a member of staff in: checks what can be checked here, shows what the office says. */
#include "plt-sign-in-page.h"

#include "plt-demo-staff.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TOTP_DIGITS 6
#define TOTP_STEP_SECONDS 30

struct _PltSignInPage
{
  AdwBin        parent_instance;

  GtkEntry     *user;
  GtkEntry     *password;
  GtkEntry     *code;
  GtkLabel     *message;
  GtkButton    *sign_in;
  GtkSpinner   *spinner;
  GtkWidget    *demo;
  GtkBox       *demo_roles;

  PltOffice    *office;
  GPtrArray    *staff; /* PltDemoStaff */
  GCancellable *cancellable;
  gboolean      busy;
};

G_DEFINE_FINAL_TYPE (PltSignInPage, plt_sign_in_page, ADW_TYPE_BIN)

enum
{
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_message (PltSignInPage *self,
              const char    *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static gboolean
code_is_complete (PltSignInPage *self)
{
  const char *code = gtk_editable_get_text (GTK_EDITABLE (self->code));

  return strlen (code) == TOTP_DIGITS && strspn (code, "0123456789") == TOTP_DIGITS;
}

static void
update_sensitivity (PltSignInPage *self)
{
  gboolean has_user = *gtk_editable_get_text (GTK_EDITABLE (self->user)) != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in),
                            !self->busy && has_user && code_is_complete (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->demo_roles), !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
}

static void
set_busy (PltSignInPage *self,
          gboolean       busy)
{
  self->busy = busy;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  update_sensitivity (self);
}

/* Where the person goes on after an error: the code again, or name and password. */
static void
focus_what_is_wrong (PltSignInPage *self,
                     const GError  *error)
{
  GtkEntry *entry = self->code;

  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_REFUSED))
    entry = self->password;
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

/* A refused code is followed by the time to the next one: nobody types the old one again. */
static char *
describe_refusal (const GError *error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint wait_s = (guint) (TOTP_STEP_SECONDS - now % TOTP_STEP_SECONDS);

  if (!g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR))
    return g_strdup (error->message);

  /* Translators: %s is a whole sentence, %u a number of seconds */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s The next code comes in %u second.",
                                       "%s The next code comes in %u seconds.", wait_s),
                          error->message, wait_s);
}

static void
sign_in_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_office_sign_in_finish (PLT_OFFICE (source), result, &error);
  PltSignInPage *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_SIGN_IN_PAGE (user_data);
  set_busy (self, FALSE);
  if (!done)
    {
      g_autofree char *message = describe_refusal (error);

      show_message (self, message);
      focus_what_is_wrong (self, error);
      return;
    }
  plt_sign_in_page_reset (self, NULL);
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
start_sign_in (PltSignInPage *self,
               const char    *user,
               const char    *password,
               const char    *code)
{
  if (self->busy)
    return;
  show_message (self, NULL);
  set_busy (self, TRUE);
  plt_office_sign_in_async (self->office, user, *password != '\0' ? password : NULL, code,
                            self->cancellable, sign_in_cb, self);
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltSignInPage *self = PLT_SIGN_IN_PAGE (widget);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in)))
    return;
  start_sign_in (self,
                 gtk_editable_get_text (GTK_EDITABLE (self->user)),
                 gtk_editable_get_text (GTK_EDITABLE (self->password)),
                 gtk_editable_get_text (GTK_EDITABLE (self->code)));
}

static void
demo_sign_in_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  PltSignInPage *self = PLT_SIGN_IN_PAGE (widget);
  const PltDemoStaff *member;
  g_autofree char *code = NULL;
  guint index = g_variant_get_uint32 (parameter);

  if (self->staff == NULL || index >= self->staff->len)
    return;
  member = self->staff->pdata[index];
  code = plt_demo_staff_totp (member, g_get_real_time () / G_USEC_PER_SEC);
  gtk_editable_set_text (GTK_EDITABLE (self->user), member->login);
  start_sign_in (self, member->login, member->password, code);
}

static void
entry_changed_cb (PltSignInPage *self)
{
  update_sensitivity (self);
}

/* Enter goes on to what is still missing, and signs in when nothing is. A password may be empty:
 * a client certificate or a password file can stand for it. */
static void
entry_activate_cb (PltSignInPage *self,
                   GtkEntry      *entry)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->user)) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->user));
  else if (entry == self->user)
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else if (!code_is_complete (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.sign-in", NULL);
}

/* The name at the start, what the person does at the end. */
static GtkWidget *
build_role (const PltDemoStaff *member,
            const char         *role_title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (member->name);
  GtkWidget *role = gtk_label_new (role_title);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (role, "role");
  gtk_widget_add_css_class (role, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), role);

  return box;
}

static void
add_demo_buttons (PltSignInPage *self)
{
  for (guint i = 0; i < self->staff->len; i++)
    {
      const PltDemoStaff *member = self->staff->pdata[i];
      const char * const nicks[] = { member->role, NULL };
      const char *title = plt_role_get_title (plt_roles_from_nicks (nicks));
      const char *role = title != NULL ? title : member->role;
      /* Translators: a member of the demo's staff and what they do, e.g. “Anna Berg – clerk” */
      g_autofree char *label = g_strdup_printf (_("%s – %s"), member->name, role);
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), build_role (member, role));
      gtk_widget_add_css_class (button, "role-button");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sign-in.demo");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", i);
      gtk_box_append (self->demo_roles, button);
    }
  gtk_widget_set_visible (self->demo, self->staff->len > 0);
}

static void
plt_sign_in_page_dispose (GObject *object)
{
  PltSignInPage *self = PLT_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (plt_sign_in_page_parent_class)->dispose (object);
}

static void
plt_sign_in_page_class_init (PltSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plt_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/app/plt-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, code);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, demo);
  gtk_widget_class_bind_template_child (widget_class, PltSignInPage, demo_roles);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "sign-in.demo", "u", demo_sign_in_action);
}

static void
plt_sign_in_page_init (PltSignInPage *self)
{
  const char *user = g_getenv ("PGUSER");

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->user), user != NULL ? user : "");
  self->staff = plt_demo_staff_load ();
  if (self->staff != NULL)
    add_demo_buttons (self);
  update_sensitivity (self);
}

void
plt_sign_in_page_set_office (PltSignInPage *self,
                             PltOffice     *office)
{
  g_set_object (&self->office, office);
}

void
plt_sign_in_page_reset (PltSignInPage *self,
                        const char    *message)
{
  gboolean has_user = *gtk_editable_get_text (GTK_EDITABLE (self->user)) != '\0';

  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  show_message (self, message);
  gtk_widget_grab_focus (GTK_WIDGET (has_user ? self->password : self->user));
}
