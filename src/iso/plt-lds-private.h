/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags of ISO/IEC 18013-2 in standard encoding, for the files that write and read the groups. */
#pragma once

#include "plt-lds.h"

G_BEGIN_DECLS

#define PLT_LDS_TAG_COM 0x60
#define PLT_LDS_TAG_COM_VERSION 0x5F01
#define PLT_LDS_TAG_COM_LIST 0x5C
#define PLT_LDS_TAG_DG1 0x61
#define PLT_LDS_TAG_DEMOGRAPHIC 0x5F1F
#define PLT_LDS_TAG_CATEGORIES 0x7F63
#define PLT_LDS_TAG_COUNT 0x02
#define PLT_LDS_TAG_CATEGORY 0x87
#define PLT_LDS_TAG_SOD 0x77

#define PLT_LDS_SEPARATOR ';'

G_END_DECLS
