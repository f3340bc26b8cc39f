/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds measured values against their limits and puts the result into words. */
#include "plt-photo-check.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

/* Each text has one %s, the value. "low" where it is too small, "high" where too large. */
static const struct
{
  int         decimals;
  const char *good, *low, *low_cure, *high, *high_cure;
} words[] = {
  [PLT_PHOTO_CHECK_FACES] = { 0,
    N_("Faces found: %s."),
    N_("No face was found (%s)."),
    N_("Take the picture from the front, with the whole face free; or turn it upright."),
    N_("%s faces were found where one person belongs."),
    N_("Let nobody else and no picture be behind the person, or move the frame.") },
  [PLT_PHOTO_CHECK_SIZE] = { 0,
    N_("The portrait is %s pixels wide."),
    N_("The portrait is only %s pixels wide."),
    N_("Go nearer, or take or scan it at a higher resolution."), NULL, NULL },
  [PLT_PHOTO_CHECK_EYE_DISTANCE] = { 0,
    N_("The eyes are %s pixels apart."),
    N_("The eyes are only %s pixels apart."),
    N_("Go nearer, or take or scan it at a higher resolution."), NULL, NULL },
  [PLT_PHOTO_CHECK_HEAD_HEIGHT] = { 0,
    N_("Chin to crown is %s %% of the height."),
    N_("The head is too small: chin to crown is %s %% of the height."),
    N_("Make the frame smaller (+)."),
    N_("The head is too large: chin to crown is %s %% of the height."),
    N_("Make the frame larger (−), or take the picture from farther away.") },
  [PLT_PHOTO_CHECK_EYES_MIDDLE] = { 1,
    N_("The face is in the middle (%s %% off)."), NULL, NULL,
    N_("The face is %s %% of the width away from the middle."),
    N_("Move the frame sideways (← →).") },
  [PLT_PHOTO_CHECK_EYES_HEIGHT] = { 0,
    N_("The eyes are at %s %% from the top."),
    N_("The eyes are too high, at %s %% from the top."), N_("Move the frame up (↑)."),
    N_("The eyes are too low, at %s %% from the top."), N_("Move the frame down (↓).") },
  [PLT_PHOTO_CHECK_EYES_LEVEL] = { 1,
    N_("The eyes are level (%s°)."), NULL, NULL,
    N_("The head is tilted by %s°."),
    N_("Turn the frame ([ and ]), or ask the person to hold the head straight.") },
  [PLT_PHOTO_CHECK_SHARPNESS] = { 0,
    N_("The face is sharp (%s)."),
    N_("The face is not sharp (%s)."),
    N_("Focus on the eyes, hold the camera still and take it again."), NULL, NULL },
  [PLT_PHOTO_CHECK_OVEREXPOSED] = { 1,
    N_("%s %% of the face is burnt out."), NULL, NULL,
    N_("%s %% of the face is so bright that nothing can be seen there."),
    N_("Use less light or a shorter exposure.") },
  [PLT_PHOTO_CHECK_UNDEREXPOSED] = { 0,
    N_("%s %% of the face is in deep shadow."), NULL, NULL,
    N_("%s %% of the face is in deep shadow."),
    N_("Bring light to the face from the front.") },
  [PLT_PHOTO_CHECK_CONTRAST] = { 1,
    N_("The contrast is good (%s bits)."),
    N_("The face has little contrast (%s bits)."),
    N_("Avoid light from behind, and clean the lens or the scanner’s glass."), NULL, NULL },
  [PLT_PHOTO_CHECK_LIGHTING] = { 0,
    N_("Both sides of the face are lit alike (%s)."),
    N_("One side of the face is darker than the other (%s of 100)."),
    N_("Move the lamp to the front, or turn the person towards it."), NULL, NULL },
  [PLT_PHOTO_CHECK_COLOUR] = { 0,
    N_("It is a colour picture (%s)."),
    N_("It has no colours (%s)."),
    N_("Take it in colour."), NULL, NULL },
  [PLT_PHOTO_CHECK_SKIN] = { 0,
    N_("The skin has a natural colour (%s)."), NULL, NULL,
    N_("The skin has an unusual colour (%s)."),
    N_("Set the camera’s white balance, and avoid coloured light.") },
  [PLT_PHOTO_CHECK_BACKGROUND] = { 0,
    N_("The background is plain (%s)."), NULL, NULL,
    N_("The background is not plain (%s)."),
    N_("Put the person before a plain wall, some way off so that no shadow falls on it.") },
  [PLT_PHOTO_CHECK_BACKGROUND_LIGHT] = { 0,
    N_("The background is light (%s)."),
    N_("The background is too dark (%s of 100)."),
    N_("Light the wall, or use a lighter one."), NULL, NULL },
  [PLT_PHOTO_CHECK_BACKGROUND_EVEN] = { 0,
    N_("The background is even (%s)."), NULL, NULL,
    N_("The background differs from left to right (%s)."),
    N_("Light the wall from both sides.") },
  [PLT_PHOTO_CHECK_FACE_FREE] = { 0,
    N_("The forehead is free (%s)."), NULL, NULL,
    N_("The forehead is not free: its colour is not that of the cheeks (%s)."),
    N_("Ask the person to push the cover back so that the face is free from chin to forehead.") },
};

void
plt_photo_finding_free (PltPhotoFinding *self)
{
  g_free (self->text);
  g_free (self->cure);
  g_free (self);
}

static void
set_place (PltPhotoFinding *finding,
           double           left,
           double           top,
           double           right,
           double           bottom)
{
  finding->x = CLAMP (left, 0, 1);
  finding->y = CLAMP (top, 0, 1);
  finding->width = CLAMP (right, 0, 1) - finding->x;
  finding->height = CLAMP (bottom, 0, 1) - finding->y;
  finding->has_place = finding->width > 0 && finding->height > 0;
}

static void
find_place (PltPhotoFinding        *finding,
            const PltPhotoFace     *face,
            const PltPhotoMeasures *measures)
{
  double between = hypot (face->right_x - face->left_x, face->right_y - face->left_y);
  double middle = (face->left_x + face->right_x) / 2;

  switch (finding->check)
    {
    case PLT_PHOTO_CHECK_BACKGROUND:
      set_place (finding, measures->place_x, measures->place_y,
                 measures->place_x + measures->place_width,
                 measures->place_y + measures->place_height);
      return;
    case PLT_PHOTO_CHECK_BACKGROUND_LIGHT:
    case PLT_PHOTO_CHECK_BACKGROUND_EVEN:
      set_place (finding, 0, 0, 1, 0.14);
      return;
    default:
      break;
    }
  if (between <= 0)
    return;
  switch (finding->check)
    {
    case PLT_PHOTO_CHECK_EYE_DISTANCE:
    case PLT_PHOTO_CHECK_EYES_HEIGHT:
    case PLT_PHOTO_CHECK_EYES_LEVEL:
    case PLT_PHOTO_CHECK_EYES_MIDDLE:
      set_place (finding, middle - between, MIN (face->left_y, face->right_y) - 0.04,
                 middle + between, MAX (face->left_y, face->right_y) + 0.04);
      return;
    case PLT_PHOTO_CHECK_FACE_FREE:
      set_place (finding, middle - 0.6 * between, face->left_y - 0.14, middle + 0.6 * between,
                 face->left_y - 0.03);
      return;
    case PLT_PHOTO_CHECK_LIGHTING:
    case PLT_PHOTO_CHECK_SKIN:
      set_place (finding, middle - 0.7 * between, (face->left_y + face->chin_y) / 2 - 0.08,
                 middle + 0.7 * between, (face->left_y + face->chin_y) / 2 + 0.08);
      return;
    default:
      set_place (finding, middle - 1.05 * between, face->crown_y, middle + 1.05 * between,
                 face->chin_y);
    }
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
put_value (const char *format,
           double      value,
           int         decimals)
{
  g_autofree char *number = g_strdup_printf ("%.*f", decimals, value);

  return g_strdup_printf (_(format), number);
}
#pragma GCC diagnostic pop

static void
put_into_words (PltPhotoFinding *finding,
                gboolean         is_low)
{
  const char *format = words[finding->check].good, *cure = NULL;

  if (finding->verdict != PLT_PHOTO_GOOD)
    {
      format = is_low ? words[finding->check].low : words[finding->check].high;
      cure = is_low ? words[finding->check].low_cure : words[finding->check].high_cure;
    }
  /* A limit on the side on which nothing is wrong by itself; its number says it. */
  if (format == NULL)
    format = words[finding->check].good;
  finding->text = put_value (format, finding->value, words[finding->check].decimals);
  finding->cure = g_strdup (cure != NULL ? _(cure) : NULL);
}

static PltPhotoFinding *
judge (PltPhotoCheck        check,
       double               value,
       const PltPhotoLimit *limit)
{
  PltPhotoFinding *finding = g_new0 (PltPhotoFinding, 1);
  gboolean is_low = value < limit->warn_below || value < limit->fail_below;

  finding->check = check;
  finding->value = value;
  if (value < limit->fail_below || value > limit->fail_above)
    finding->verdict = PLT_PHOTO_BAD;
  else if (value < limit->warn_below || value > limit->warn_above)
    finding->verdict = PLT_PHOTO_DOUBTFUL;
  put_into_words (finding, is_low);
  return finding;
}

/* Where the finder of faces is not installed: the person at the counter is the check. */
static PltPhotoFinding *
ask_person (void)
{
  PltPhotoFinding *finding = g_new0 (PltPhotoFinding, 1);

  finding->check = PLT_PHOTO_CHECK_FACES;
  finding->verdict = PLT_PHOTO_DOUBTFUL;
  finding->value = NAN;
  finding->text = g_strdup (_("Nobody looked for a face, because the face finder is not installed."));
  finding->cure = g_strdup (_("Look whether it is one face, from the front; ask the administrator to "
                              "install opencv-data."));
  return finding;
}

/* Not measured: the person at the counter says it, and others allow it. */
static PltPhotoFinding *
judge_cover (PltPhotoCover cover)
{
  PltPhotoFinding *finding = g_new0 (PltPhotoFinding, 1);

  finding->check = PLT_PHOTO_CHECK_HEAD_COVER;
  finding->value = NAN;
  if (cover == PLT_PHOTO_COVER_ALLOWED)
    {
      finding->text = g_strdup (_("The head is covered, as it was allowed."));
      return finding;
    }
  if (cover == PLT_PHOTO_COVER_ASKED)
    {
      finding->verdict = PLT_PHOTO_DOUBTFUL;
      finding->text = g_strdup (_("The head is covered, and the exception is not decided yet."));
      finding->cure = g_strdup (_("A supervisor decides before the application is approved."));
      return finding;
    }
  finding->verdict = PLT_PHOTO_BAD;
  finding->text = g_strdup (_("The head is covered, and nobody asked for the exception."));
  finding->cure = g_strdup (_("Ask for the exception, with the religious or medical reason, or take the "
                              "picture without the cover."));
  return finding;
}

GPtrArray *
plt_photo_check (PltPhoto             *photo,
                 const PltPhotoCrop   *crop,
                 const PltPhotoLimits *limits,
                 PltPhotoCover         cover)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_photo_finding_free);
  PltPhotoMeasures measures;
  PltPhotoFace face;

  plt_photo_measure (photo, crop, cover != PLT_PHOTO_COVER_NONE, &measures);
  plt_photo_get_face (photo, crop, &face);
  for (int i = 0; i < PLT_N_PHOTO_CHECKS; i++)
    {
      PltPhotoFinding *finding;

      if (!limits->limits[i].is_made)
        continue;
      if (i == PLT_PHOTO_CHECK_FACES && isnan (measures.values[i]))
        finding = ask_person ();
      else if (isnan (measures.values[i]))
        continue;
      else
        finding = judge ((PltPhotoCheck) i, measures.values[i], &limits->limits[i]);
      if (finding->verdict != PLT_PHOTO_GOOD)
        find_place (finding, &face, &measures);
      g_ptr_array_add (findings, finding);
    }
  if (cover != PLT_PHOTO_COVER_NONE)
    g_ptr_array_add (findings, judge_cover (cover));
  return findings;
}

PltPhotoVerdict
plt_photo_findings_get_verdict (GPtrArray *findings)
{
  PltPhotoVerdict verdict = PLT_PHOTO_GOOD;

  for (guint i = 0; i < findings->len; i++)
    verdict = MAX (verdict, ((PltPhotoFinding *) findings->pdata[i])->verdict);
  return verdict;
}

static void
add_nicks (JsonBuilder     *builder,
           const char      *member,
           GPtrArray       *findings,
           PltPhotoVerdict  verdict)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const PltPhotoFinding *finding = findings->pdata[i];

      if (finding->verdict == verdict)
        json_builder_add_string_value (builder, plt_photo_check_get_nick (finding->check));
    }
  json_builder_end_array (builder);
}

static gboolean
is_covered (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((PltPhotoFinding *) findings->pdata[i])->check == PLT_PHOTO_CHECK_HEAD_COVER)
      return TRUE;
  return FALSE;
}

char *
plt_photo_findings_to_json (GPtrArray            *findings,
                            const PltPhotoLimits *limits)
{
  static const char * const verdicts[] = { "good", "doubtful", "bad" };
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_string_value (builder, limits->version);
  json_builder_set_member_name (builder, "verdict");
  json_builder_add_string_value (builder, verdicts[plt_photo_findings_get_verdict (findings)]);
  json_builder_set_member_name (builder, "covered");
  json_builder_add_boolean_value (builder, is_covered (findings));
  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const PltPhotoFinding *finding = findings->pdata[i];

      if (isnan (finding->value))
        continue;
      json_builder_set_member_name (builder, plt_photo_check_get_nick (finding->check));
      json_builder_add_double_value (builder, round (finding->value * 100) / 100);
    }
  json_builder_end_object (builder);
  add_nicks (builder, "bad", findings, PLT_PHOTO_BAD);
  add_nicks (builder, "doubtful", findings, PLT_PHOTO_DOUBTFUL);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

char *
plt_photo_findings_dup_bad (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const PltPhotoFinding *finding = findings->pdata[i];

      if (finding->verdict != PLT_PHOTO_BAD)
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " " : "", finding->text,
                              finding->cure != NULL ? finding->cure : "");
    }
  return text->len > 0 ? g_strdup (g_strchomp (text->str)) : NULL;
}
