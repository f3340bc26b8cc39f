/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a layout file, all of it at once, for the person who writes it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * plt_layout_check_file:
 * @path: of a layout.json
 * @remarks: (out) (element-type utf8) (transfer full): what may be wanted so and yet be looked at:
 *   what must not be cut and stands nearer to the trim than the layout’s safe margin
 *
 * Faults are those for which the layout is not loaded, and words of its own that do not fit their
 * place or for which its fonts lack a letter. Of words that stand beside a value
 * plt_layout_check_records() tells it.
 *
 * Returns: (element-type utf8) (transfer full): a sentence for each fault, with file, line, element
 * and what would be right, in the order of the file; empty where there is none
 */
GPtrArray *plt_layout_check_file (const char  *path,
                                  GPtrArray  **remarks);

/**
 * plt_layout_check_records:
 * @path: of a layout.json; one that cannot be loaded has no more to be told
 * @samples: (element-type PltCardSample): the records on which it is tried
 * @faults: (element-type utf8): a sentence is added for each element whose own words, beside a value,
 *   have a letter that the fonts of the layout lack
 * @remarks: (element-type utf8): a sentence is added for each two elements that lie on each other with
 *   some record, where nobody means it
 */
void       plt_layout_check_records (const char  *path,
                                     GPtrArray   *samples,
                                     GPtrArray   *faults,
                                     GPtrArray   *remarks);

G_END_DECLS
