/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is called how in the answers about money; NULL where nothing is called so. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @object: the line, or the first row of the table, in which it stands */
const char *plt_ctl_word_fee_member (JsonObject *object,
                                     const char *member);
const char *plt_ctl_word_fee        (JsonObject *object,
                                     const char *member,
                                     const char *nick);

G_END_DECLS
