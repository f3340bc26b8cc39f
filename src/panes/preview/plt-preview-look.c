/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a card is looked at: its size, sides, layers, guides, outlines. Nothing here changes it. */
#include "plt-preview-pane-private.h"

#include "plt-card-renderer.h"
#include "plt-ruler-dialog.h"
#include "plt-screen-size.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What is switched on and off; each is an action of its own, with its state. */
enum
{
  PROP_0,
  PROP_BOTH,
  PROP_OUTLINES,
  PROP_GUIDES,
  PROP_PANEL,
  PROP_BLINK,
  PROP_COLOUR,
  PROP_BLACK,
  PROP_OVERLAY,
  PROP_UV,
  PROP_MAGNETIC,
  N_PROPS,
};

static const struct
{
  const char *name;
  const char *action;
  guint       layer; /* PltCardLayers; 0: it is none */
} switches[N_PROPS] = {
  [PROP_BOTH] = { "both-sides", "preview.both-sides", 0 },
  [PROP_OUTLINES] = { "outlines", "preview.outlines", 0 },
  [PROP_GUIDES] = { "guides", "preview.guides", 0 },
  [PROP_BLINK] = { "blink", "preview.blink", 0 },
  [PROP_PANEL] = { "panel", "preview.panel", 0 },
  [PROP_COLOUR] = { "colour", "preview.colour", PLT_CARD_LAYER_COLOUR },
  [PROP_BLACK] = { "black", "preview.black", PLT_CARD_LAYER_BLACK },
  [PROP_OVERLAY] = { "overlay", "preview.overlay", PLT_CARD_LAYER_OVERLAY },
  [PROP_UV] = { "uv", "preview.uv", PLT_CARD_LAYER_UV },
  [PROP_MAGNETIC] = { "magnetic", "preview.magnetic", PLT_CARD_LAYER_MAGNETIC | PLT_CARD_LAYER_CHIP },
};

static GParamSpec *properties[N_PROPS];

/* What a layer is called within a sentence. */
static const char *
get_layer_title (guint property_id)
{
  switch (property_id)
    {
    case PROP_COLOUR: return _("colour");
    case PROP_BLACK: return _("black panel");
    case PROP_OVERLAY: return _("overlay");
    case PROP_UV: return _("ultraviolet");
    case PROP_MAGNETIC:
    default: return _("magnetic stripe and chip");
    }
}

/* (transfer full) (nullable): those of @layers, as a list */
static char *
dup_layer_list (guint layers)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = PROP_COLOUR; i <= PROP_MAGNETIC; i++)
    if ((layers & switches[i].layer) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? _(", ") : "", get_layer_title (i));

  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static char *
dup_layers (PltPreviewPane *self,
            guint           there)
{
  g_autofree char *shown = dup_layer_list (self->layers & there);
  g_autofree char *absent = dup_layer_list (self->layers & ~there);

  if (absent == NULL)
    /* Translators: %s is a list of the layers of a card that are shown */
    return g_strdup_printf (_("Layers: %s"), shown != NULL ? shown : C_("layers", "none"));

  /* Translators: both are lists of layers of a card, such as “colour, ultraviolet” */
  return g_strdup_printf (_("Layers: %s. This layout has nothing for: %s."),
                          shown != NULL ? shown : C_("layers", "none"), absent);
}

/* What is not as the printer prints it is said, to the ear too: a layer may have nothing to be seen. */
void
plt_preview_pane_update_layers (PltPreviewPane *self)
{
  const guint stripe = switches[PROP_MAGNETIC].layer;
  guint there = self->shown != NULL
                  ? plt_layout_get_layers (plt_preview_get_layout (self->shown)) : 0;
  gboolean usual = self->layers == PLT_CARD_LAYER_PRINTED || self->shown == NULL;
  g_autofree char *text = NULL;

  /* A key shows both, and either is enough. */
  if ((there & stripe) != 0)
    there |= stripe;
  if (!usual)
    text = dup_layers (self, there);
  gtk_label_set_label (self->layers_said, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->layers_said), text != NULL);
}

/* Asked for by menus before the template is complete. */
static gboolean
get_switch (PltPreviewPane *self,
            guint           property_id)
{
  switch (property_id)
    {
    case PROP_BOTH: return self->both;
    case PROP_OUTLINES: return self->outlines;
    case PROP_GUIDES: return self->guides;
    case PROP_BLINK: return self->blinks;
    case PROP_PANEL: return self->panel_shown;
    default: return (self->layers & switches[property_id].layer) != 0;
    }
}

static void
set_layer (PltPreviewPane *self,
           guint           layer,
           gboolean        on)
{
  self->layers = on ? self->layers | layer : self->layers & ~layer;
  plt_card_board_set_layers (self->board, self->layers);
  plt_preview_pane_update_layers (self);
}

static void
set_switch (PltPreviewPane *self,
            guint           property_id,
            gboolean        on)
{
  if (get_switch (self, property_id) == on)
    return;
  switch (property_id)
    {
    case PROP_BOTH:
      self->both = on;
      plt_card_board_set_both (self->board, on);
      break;
    case PROP_OUTLINES:
      self->outlines = on;
      plt_card_panel_set_outlines (self->panel, on);
      break;
    case PROP_GUIDES:
      self->guides = on;
      plt_card_board_set_guides (self->board, on);
      break;
    case PROP_BLINK:
      self->blinks = on;
      plt_preview_pane_blink (self, on);
      break;
    case PROP_PANEL:
      self->panel_shown = on;
      gtk_widget_set_visible (self->panel_frame, on);
      if (self->settings != NULL)
        g_settings_set_boolean (self->settings, "preview-panel", on);
      break;
    default:
      set_layer (self, switches[property_id].layer, on);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

static void
get_property (GObject    *object,
              guint       property_id,
              GValue     *value,
              GParamSpec *pspec)
{
  g_value_set_boolean (value, get_switch (PLT_PREVIEW_PANE (object), property_id));
}

static void
set_property (GObject      *object,
              guint         property_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  set_switch (PLT_PREVIEW_PANE (object), property_id, g_value_get_boolean (value));
}

static void
set_zoom (PltPreviewPane *self,
          double          zoom)
{
  plt_card_board_set_zoom (self->board, zoom);
  if (self->settings != NULL)
    g_settings_set_double (self->settings, "preview-size", plt_card_board_get_zoom (self->board));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  set_zoom (PLT_PREVIEW_PANE (widget), g_ascii_strtod (g_variant_get_string (parameter, NULL), NULL));
}

static void
step_zoom_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  plt_card_board_step_zoom (self->board, g_str_equal (action, "preview.zoom-in") ? 1 : -1);
  set_zoom (self, plt_card_board_get_zoom (self->board));
}

static void
turn_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  if (g_str_equal (action, "preview.turn-back"))
    plt_card_board_turn_back (self->board);
  else
    plt_card_board_turn (self->board);
  self->both = plt_card_board_get_both (self->board);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTH]);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  if (plt_ruler_dialog_ask_finish (result))
    plt_card_board_measure_again (PLT_PREVIEW_PANE (user_data)->board);
}

static void
measure_screen_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  plt_ruler_dialog_ask_async (widget, self->settings, self->cancellable, measured_cb, self);
}

/* Says how large the card is, and whether that is more than the screen's own word; and where in a booklet. */
void
plt_preview_pane_update_look (PltPreviewPane *self)
{
  double zoom = plt_card_board_get_real_zoom (self->board);
  gboolean fits = plt_card_board_get_zoom (self->board) <= 0;
  g_autofree char *place = plt_card_board_dup_place (self->board);
  g_autofree char *text = NULL;

  gtk_label_set_label (self->place, place != NULL ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL);
  /* Translators: how large a card is shown; %d is a percentage of its real size */
  text = g_strdup_printf (fits ? _("Fit, %d %%") : _("%d %%"), (int) round (zoom * 100));
  gtk_label_set_label (self->zoom, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->zoom),
                               plt_screen_size_is_measured (GTK_WIDGET (self), self->settings)
                                 ? _("Of the card’s own size, as measured on this screen.")
                                 : _("Of the card’s own size, as far as the screen says how large it "
                                     "is. Measure it once with a ruler to be sure."));
}

static void
add_board_keys (PltPreviewPaneClass *klass)
{
  static const struct { guint key; const char *action; } keys[] = {
    { GDK_KEY_space, "preview.turn" },
    { GDK_KEY_plus, "preview.zoom-in" },
    { GDK_KEY_KP_Add, "preview.zoom-in" },
    { GDK_KEY_equal, "preview.zoom-in" },
    { GDK_KEY_minus, "preview.zoom-out" },
    { GDK_KEY_KP_Subtract, "preview.zoom-out" },
    { GDK_KEY_d, "preview.both-sides" },
    { GDK_KEY_b, "preview.blink" },
    { GDK_KEY_o, "preview.outlines" },
    { GDK_KEY_g, "preview.guides" },
    { GDK_KEY_c, "preview.colour" },
    { GDK_KEY_k, "preview.black" },
    { GDK_KEY_l, "preview.overlay" },
    { GDK_KEY_u, "preview.uv" },
    { GDK_KEY_m, "preview.magnetic" },
  };
  GtkWidgetClass *board_class = g_type_class_ref (PLT_TYPE_CARD_BOARD);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (board_class, keys[i].key, 0, keys[i].action, NULL);
  gtk_widget_class_add_binding_action (board_class, GDK_KEY_space, GDK_SHIFT_MASK,
                                       "preview.turn-back", NULL);
  g_type_class_unref (board_class);
}

/* The actions of looking, and their keys: single letters work where the card has the keyboard. */
void
plt_preview_pane_install_look (PltPreviewPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_boolean (switches[i].name, NULL, NULL, FALSE,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                            G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    gtk_widget_class_install_property_action (widget_class, switches[i].action, switches[i].name);
  gtk_widget_class_install_action (widget_class, "preview.zoom", "s", zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-in", NULL, step_zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom-out", NULL, step_zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.turn", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "preview.turn-back", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "preview.measure-screen", NULL,
                                   measure_screen_action);
  gtk_widget_class_bind_template_callback_full (widget_class, "update_look",
                                                G_CALLBACK (plt_preview_pane_update_look));
  add_board_keys (klass);
}

/* Before there is a template. */
void
plt_preview_pane_init_look (PltPreviewPane *self)
{
  self->layers = PLT_CARD_LAYER_PRINTED;
  self->both = TRUE;
  self->panel_shown = TRUE;
}

/* As it was last looked at. */
void
plt_preview_pane_restore_look (PltPreviewPane *self)
{
  plt_card_board_set_settings (self->board, self->settings);
  plt_card_panel_set_board (self->panel, self->board);
  if (self->settings == NULL)
    return;
  plt_card_board_set_zoom (self->board, g_settings_get_double (self->settings, "preview-size"));
  set_switch (self, PROP_PANEL, g_settings_get_boolean (self->settings, "preview-panel"));
}
