/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-registry-adapter.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

PltSourceAnswer *plt_answer_decode (PltRegistryAdapter *adapter,
                                    const char         *id_number,
                                    const char         *text,
                                    gsize               length);

G_END_DECLS
