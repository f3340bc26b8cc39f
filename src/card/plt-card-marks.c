/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictograms, artwork, and the places of a magnetic stripe and of a chip's contacts: these two are
 * drawn for the eye on layers of their own, and the tracks are checked as the stripe would hold
 * them. */
#include "plt-card-drawing.h"

#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PltColour stripe_colour = { 0.16, 0.13, 0.11, 1 };
static const PltColour contact_colour = { 0.79, 0.66, 0.36, 1 };
static const PltColour gap_colour = { 0.45, 0.36, 0.16, 1 };

/* In the middle of the box, proportions kept. */
gboolean
plt_card_draw_pictogram (PltCardDrawing    *self,
                         const PltElement  *element,
                         GError           **error)
{
  const PltPictogram *pictogram = g_hash_table_lookup (self->layout->pictograms, element->pictogram);
  double scale = MIN (element->width / pictogram->width, element->height / pictogram->height);

  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &element->colour);
  cairo_translate (self->cr, element->x + (element->width - pictogram->width * scale) / 2,
                   element->y + (element->height - pictogram->height * scale) / 2);
  cairo_scale (self->cr, scale, scale);
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_EVEN_ODD);
  plt_svg_path_trace (pictogram->path, self->cr);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  return TRUE;
}

gboolean
plt_card_draw_artwork (PltCardDrawing    *self,
                       const PltElement  *element,
                       GError           **error)
{
  return plt_artwork_draw (element, self->cr, error);
}

/* What a track can hold (ISO/IEC 7811-6, 7811-2): its characters, and how many without sentinels
 * and check. */
static const struct
{
  const char *characters;
  gsize       most;
} tracks[PLT_N_TRACKS] = {
  { " #$()-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ[]\\\"&'*+,:;<=>@_^!", 76 },
  { "0123456789=:<>", 37 },
  { "0123456789=:<>", 104 },
};

static gboolean
check_track (int          index,
             const char  *contents,
             const char  *words,
             GError     **error)
{
  gsize good = strspn (contents, tracks[index].characters);

  if (contents[good] != '\0')
    {
      char letter[8] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (contents + good), letter);
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
                   /* Translators: a letter, a field, and the number of a track. */
                   _("The card was not drawn because the letter “%s” of the %s cannot be written "
                     "to track %d of the magnetic stripe. Enter it in the form for codes."),
                   letter, words, index + 1);
      return FALSE;
    }
  if (strlen (contents) <= tracks[index].most)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("The card was not drawn because the %s does not fit into track %d of the magnetic "
                 "stripe. Enter the short form that the rules allow."), words, index + 1);
  return FALSE;
}

/* Checks a track and notes it down. */
static gboolean
add_track (PltCardDrawing    *self,
           const PltElement  *element,
           int                index,
           GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;

  if (element->track_templates[index] == NULL)
    return TRUE;
  if (!plt_card_runs_expand (element, element->track_templates[index], self->inputs, &runs, error))
    return FALSE;
  if (runs == NULL)
    return TRUE;
  if (self->part != NULL)
    {
      g_autofree char *line = g_strdup_printf ("%d: %s", index + 1, runs->text);

      plt_card_part_add_text (self->part, line);
    }
  return check_track (index, runs->text, runs->words, error);
}

gboolean
plt_card_draw_magnetic (PltCardDrawing    *self,
                        const PltElement  *element,
                        GError           **error)
{
  for (int i = 0; i < PLT_N_TRACKS; i++)
    if (!add_track (self, element, i, error))
      return FALSE;
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &stripe_colour);
  cairo_rectangle (self->cr, element->x, element->y, element->width, element->height);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  return TRUE;
}

/* Eight contacts in two columns with the ground between them, as on a card with contacts
 * (ISO/IEC 7816-2). */
gboolean
plt_card_draw_chip (PltCardDrawing    *self,
                    const PltElement  *element,
                    GError           **error)
{
  cairo_t *cr = self->cr;
  double x = element->x, y = element->y, width = element->width, height = element->height;
  double radius = MIN (width, height) * 0.12;

  cairo_save (cr);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  plt_card_set_colour (cr, &contact_colour);
  cairo_fill_preserve (cr);
  plt_card_set_colour (cr, &gap_colour);
  cairo_set_line_width (cr, 0.15);
  cairo_stroke (cr);
  for (int row = 1; row < 4; row++)
    {
      cairo_move_to (cr, x, y + height * row / 4);
      cairo_line_to (cr, x + width * 0.36, y + height * row / 4);
      cairo_move_to (cr, x + width * 0.64, y + height * row / 4);
      cairo_line_to (cr, x + width, y + height * row / 4);
    }
  cairo_rectangle (cr, x + width * 0.36, y + height * 0.14, width * 0.28, height * 0.72);
  cairo_stroke (cr);
  cairo_restore (cr);
  return TRUE;
}
