/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dictionaries and strings of a PDF as text (ISO 32000-1, 7.3). Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text: "<< … >>", and what may stand behind it; @length: of it. Each is (transfer full). */
char *plt_pdf_dict_get    (const char *text,
                           gsize       length,
                           const char *key);
char *plt_pdf_dict_set    (const char *text,
                           gsize       length,
                           const char *key,
                           const char *value);

/* (transfer full): a text string (7.9.2.2), a byte string, or a name (7.3.5) of @text. */
char *plt_pdf_spell_text  (const char *text);
char *plt_pdf_spell_bytes (const guint8 *bytes,
                           gsize         length);
char *plt_pdf_spell_name  (const char *text);

G_END_DECLS
