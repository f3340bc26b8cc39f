/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each file of the window includes, compiled once where -Db_pch=true asks for it. */
#include <adwaita.h>
