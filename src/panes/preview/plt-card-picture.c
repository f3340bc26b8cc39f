/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps two pictures of a page: the whole of it, never larger than one texture, and sharp tiles of
 * the part that is seen where the whole is too coarse for that. */
#include "plt-card-picture.h"

#include "plt-card-renderer.h"

#include <math.h>

/* Of the whole page, under the sharp part. */
#define COARSE_PX 1024
/* A part is painted a little larger than it is seen, so that small steps need no new one. */
#define MARGIN 0.25

typedef enum
{
  WHOLE,  /* the page in one texture: sharp if the scale allows it */
  DETAIL, /* the seen part, sharp */
  N_KINDS,
} Kind;

struct _PltCardPicture
{
  GObject          parent_instance;

  PltLayout       *layout; /* NULL: nothing to show */
  PltCardInputs   *inputs;
  guint            page_number;
  guint            layers;
  guint            edition; /* counts changes of the above */

  graphene_rect_t  page; /* in millimetres, with the bleed where that is shown */
  graphene_rect_t  seen;
  double           scale;

  GPtrArray       *tiles[N_KINDS]; /* NULL: not painted yet */
  guint            editions[N_KINDS];
  double           scales[N_KINDS];
  graphene_rect_t  areas[N_KINDS];

  Kind             asked;       /* what is being painted */
  guint            asked_edition;
  double           asked_scale;
  graphene_rect_t  asked_area;
  gboolean         refused;     /* the edition cannot be drawn */
  GCancellable    *cancellable; /* of that; NULL: nothing is */
};

enum
{
  PAINTED,
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltCardPicture, plt_card_picture, G_TYPE_OBJECT)

static void paint_next (PltCardPicture *self);

static double
get_longest (const graphene_rect_t *area)
{
  return MAX (area->size.width, area->size.height);
}

static gboolean
needs_detail (PltCardPicture *self)
{
  return get_longest (&self->page) * self->scale > PLT_CARD_TILE_PX;
}

/* At which scale the whole page is painted. */
static double
choose_whole_scale (PltCardPicture *self)
{
  return needs_detail (self) ? COARSE_PX / get_longest (&self->page) : self->scale;
}

static gboolean
is_near (double a,
         double b)
{
  return fabs (a - b) <= 1e-6 * fabs (b);
}

static gboolean
is_fresh (PltCardPicture *self,
          Kind            kind)
{
  if (self->tiles[kind] == NULL || self->editions[kind] != self->edition)
    return FALSE;
  if (kind == WHOLE)
    return is_near (self->scales[kind], choose_whole_scale (self)) &&
           graphene_rect_equal (&self->areas[kind], &self->page);

  return is_near (self->scales[kind], self->scale) &&
         graphene_rect_contains_rect (&self->areas[kind], &self->seen);
}

static void
drop_detail (PltCardPicture *self)
{
  g_clear_pointer (&self->tiles[DETAIL], g_ptr_array_unref);
}

static void
keep (PltCardPicture *self,
      GPtrArray      *tiles)
{
  Kind kind = self->asked;

  g_clear_pointer (&self->tiles[kind], g_ptr_array_unref);
  self->tiles[kind] = tiles;
  self->editions[kind] = self->asked_edition;
  self->scales[kind] = self->asked_scale;
  self->areas[kind] = self->asked_area;
  /* A sharp part of an older card must not lie on the whole of a newer one. */
  if (kind == WHOLE && (!needs_detail (self) || self->editions[DETAIL] != self->asked_edition))
    drop_detail (self);
}

static void
painted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltCardPicture) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *tiles = plt_card_paint_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (tiles != NULL)
    keep (self, tiles);
  if (tiles != NULL)
    g_signal_emit (self, signals[PAINTED], 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           self->asked_edition == self->edition)
    {
      self->refused = TRUE;
      g_signal_emit (self, signals[REFUSED], 0, error);
    }
  paint_next (self);
}

static graphene_rect_t
widen (PltCardPicture *self)
{
  graphene_rect_t area = self->seen;

  graphene_rect_inset (&area, -area.size.width * MARGIN, -area.size.height * MARGIN);
  graphene_rect_intersection (&area, &self->page, &area);
  return area;
}

static void
ask (PltCardPicture *self,
     Kind            kind)
{
  PltCardAsk wish = {
    .layout = self->layout,
    .inputs = self->inputs,
    .page = self->page_number,
    .layers = self->layers,
    .scale = kind == WHOLE ? choose_whole_scale (self) : self->scale,
    .area = kind == WHOLE ? self->page : widen (self),
  };

  self->asked = kind;
  self->asked_edition = self->edition;
  self->asked_scale = wish.scale;
  self->asked_area = wish.area;
  self->cancellable = g_cancellable_new ();
  plt_card_paint_async (&wish, self->cancellable, painted_cb, g_object_ref (self));
}

/* One thing at a time, the last wish: what is being painted is shown even if it is not the last one,
 * or fast typing would show nothing at all. */
static void
paint_next (PltCardPicture *self)
{
  if (self->layout == NULL || self->cancellable != NULL || self->scale <= 0 || self->refused)
    return;
  if (self->tiles[WHOLE] == NULL)
    ask (self, WHOLE);
  else if (needs_detail (self) && self->seen.size.width > 0 && !is_fresh (self, DETAIL))
    ask (self, DETAIL);
  else if (!is_fresh (self, WHOLE))
    ask (self, WHOLE);
}

static void
plt_card_picture_finalize (GObject *object)
{
  PltCardPicture *self = PLT_CARD_PICTURE (object);

  plt_card_picture_set_card (self, NULL, NULL, 0);
  G_OBJECT_CLASS (plt_card_picture_parent_class)->finalize (object);
}

static void
plt_card_picture_class_init (PltCardPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_card_picture_finalize;
  signals[PAINTED] = g_signal_new ("painted", PLT_TYPE_CARD_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", PLT_TYPE_CARD_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
plt_card_picture_init (PltCardPicture *self)
{
  self->layers = PLT_CARD_LAYER_PRINTED;
}

PltCardPicture *
plt_card_picture_new (void)
{
  return g_object_new (PLT_TYPE_CARD_PICTURE, NULL);
}

/**
 * plt_card_picture_set_card:
 * @layout: (nullable): %NULL shows nothing at once; else what was shown stays until the new one is
 *   painted
 * @inputs: (nullable): not changed by anybody any more
 */
void
plt_card_picture_set_card (PltCardPicture *self,
                           PltLayout      *layout,
                           PltCardInputs  *inputs,
                           guint           page)
{
  if (layout == self->layout && inputs == self->inputs && page == self->page_number)
    return;

  g_set_object (&self->layout, layout);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  self->inputs = inputs != NULL ? plt_card_inputs_ref (inputs) : NULL;
  self->page_number = page;
  self->edition++;
  self->refused = FALSE;
  if (layout == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      for (Kind kind = WHOLE; kind < N_KINDS; kind++)
        g_clear_pointer (&self->tiles[kind], g_ptr_array_unref);
    }
  paint_next (self);
}

void
plt_card_picture_set_layers (PltCardPicture *self,
                             guint           layers)
{
  if (self->layers == layers)
    return;
  self->layers = layers;
  self->edition++;
  self->refused = FALSE;
  paint_next (self);
}

/**
 * plt_card_picture_look_at:
 * @page: what there is of the page, in millimetres
 * @seen: the part of it that is on the screen; empty: none
 * @scale: pixels of the screen per millimetre
 */
void
plt_card_picture_look_at (PltCardPicture        *self,
                          const graphene_rect_t *page,
                          const graphene_rect_t *seen,
                          double                 scale)
{
  self->page = *page;
  self->scale = scale;
  if (!graphene_rect_intersection (seen, page, &self->seen))
    graphene_rect_init (&self->seen, 0, 0, 0, 0);
  paint_next (self);
}

static void
append_tiles (GtkSnapshot *snapshot,
              GPtrArray   *tiles,
              double       points_per_mm)
{
  for (guint i = 0; tiles != NULL && i < tiles->len; i++)
    {
      const PltCardTile *tile = g_ptr_array_index (tiles, i);
      graphene_rect_t bounds;

      graphene_rect_scale (&tile->area, (float) points_per_mm, (float) points_per_mm, &bounds);
      gtk_snapshot_append_texture (snapshot, tile->texture, &bounds);
    }
}

/**
 * plt_card_picture_snapshot:
 * @points_per_mm: of the widget; the page's corner lies at its origin
 */
void
plt_card_picture_snapshot (PltCardPicture *self,
                           GtkSnapshot    *snapshot,
                           double          points_per_mm)
{
  append_tiles (snapshot, self->tiles[WHOLE], points_per_mm);
  append_tiles (snapshot, self->tiles[DETAIL], points_per_mm);
}

gboolean
plt_card_picture_is_empty (PltCardPicture *self)
{
  return self->tiles[WHOLE] == NULL && self->tiles[DETAIL] == NULL;
}

/* Whether what is shown is the last card that was set, as sharp as it is seen. */
gboolean
plt_card_picture_is_current (PltCardPicture *self)
{
  if (self->layout == NULL || self->cancellable != NULL)
    return FALSE;

  return is_fresh (self, WHOLE) && (!needs_detail (self) || is_fresh (self, DETAIL));
}
