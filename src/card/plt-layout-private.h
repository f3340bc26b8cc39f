/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the renderer sees of a layout. Never changes after it was loaded, so threads share it. */
#pragma once

#include "plt-layout.h"

#include "plt-category.h"
#include "plt-hyphenator.h"
#include "plt-layout-element.h"

#include <fontconfig/fontconfig.h>

G_BEGIN_DECLS

typedef struct _PltCardFixed PltCardFixed;

typedef struct
{
  char     *name;     /* as elements call it */
  char     *families; /* family and fallbacks, comma-separated */
  gboolean  bold;
} PltLayoutFont;

typedef struct
{
  double  width, height;
  GArray *path; /* of PltSvgSegment */
} PltPictogram;

typedef struct
{
  char      *title;
  char      *path;     /* of its elements in the file, such as "front" */
  double     width, height; /* mm, trimmed */
  GPtrArray *elements; /* of PltElement */
} PltLayoutPage;

/* Rules of the program, beside the tables of the layout. */
#define PLT_RULE_INITIALS "initials" /* of all words but the first */
#define PLT_RULE_DROP "drop_words"   /* from the end, the first stays */

typedef struct
{
  char *word, *shorter; /* "-straße": the end of a word */
} PltRulePair;

typedef struct
{
  char      *name;
  GPtrArray *pairs; /* of PltRulePair, the longest word first */
} PltRuleTable;

typedef struct
{
  char          *language;
  PltHyphenator *hyphenator;
} PltHyphenation;

struct _PltLayout
{
  GObject       parent_instance;

  guint         serial; /* differs for every layout loaded; fonts are cached by it */
  char         *id;
  int           version;
  char         *title;
  GDate        *valid_from, *valid_to;
  double        width, height; /* of a page that does not say its own */
  double        bleed;
  gboolean      is_bled;    /* whether files show the bleed, too */
  double        safe_margin;
  GPtrArray    *pages;      /* of PltLayoutPage */
  GPtrArray    *fonts;      /* of PltLayoutFont */
  FcConfig     *font_config;
  GPtrArray    *rules;        /* of PltRuleTable */
  GPtrArray    *hyphenations; /* of PltHyphenation */
  GHashTable   *pictograms; /* name → PltPictogram */
  gboolean      pictograms_failed; /* while it is loaded */
  GHashTable   *files;      /* "font OCRB.otf" → SHA-256: all that a card depends on */
  GHashTable   *paths;      /* the same → where that was read from */
  char         *digest;
  PltCardFixed *fixed;      /* what of it is drawn once for all cards */
};

const PltLayoutFont *plt_layout_find_font       (PltLayout            *self,
                                                 const char           *name);
const PltLayoutPage *plt_layout_get_page        (PltLayout            *self,
                                                 guint                 page);
const PltElement    *plt_layout_get_element     (PltLayout            *self,
                                                 guint                 page,
                                                 guint                 index);
void                 plt_layout_add_file        (PltLayout            *self,
                                                 const char           *kind,
                                                 const char           *name,
                                                 const char           *path,
                                                 const char           *sha256);

/* plt-layout-pages.c */
GPtrArray           *plt_layout_pages_new       (void);
void                 plt_layout_read_pages      (PltLayout            *self,
                                                 const PltLayoutText  *text,
                                                 JsonObject           *root);

/* plt-layout-payload.c */
void                 plt_layout_check_payloads  (PltLayout            *self,
                                                 const PltLayoutText  *text);

/* plt-layout-pictograms.c */
void                 plt_layout_read_pictograms (PltLayout            *self,
                                                 const PltLayoutText  *text,
                                                 JsonObject           *root);

/* plt-layout-rules.c */
void                  plt_layout_read_rules       (PltLayout             *self,
                                                   const PltLayoutText   *text,
                                                   JsonObject            *root);
const PltRuleTable   *plt_layout_find_rules       (PltLayout             *self,
                                                   const char            *name);
const PltHyphenation *plt_layout_find_hyphenation (PltLayout             *self,
                                                   const char            *language);

/* plt-layout-artwork.c */
void                 plt_artwork_load           (PltLayout            *self,
                                                 const PltLayoutText  *text,
                                                 PltElement           *element);
gboolean             plt_artwork_draw           (const PltElement     *element,
                                                 cairo_t              *cr,
                                                 GError              **error);

/* plt-layout-fonts.c */
void                 plt_layout_read_fonts      (PltLayout            *self,
                                                 const PltLayoutText  *text,
                                                 JsonArray            *array);
char                *plt_layout_find_data_file  (const char           *layout_file,
                                                 const char           *folder,
                                                 const char           *name);
char                *plt_layout_hash_file       (const char           *path);

G_END_DECLS
