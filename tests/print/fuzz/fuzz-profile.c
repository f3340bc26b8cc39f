/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a profile of a make of printers, or what is wrong with them is told; whatever was taken answers. */
#include "plt-print-profile.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
ask (PltPrintProfile *profile)
{
  PltReasonSeverity severity = PLT_REASON_NORMAL;
  g_autofree char *reason = plt_print_profile_describe_reason (profile, "media-jam-error", &severity);
  g_autofree char *message = plt_print_profile_describe_message (profile, "ERR_COVER_OPEN E42", &severity);
  GPtrArray *options = plt_print_profile_get_options (profile);

  g_assert_true (reason == NULL || g_utf8_validate (reason, -1, NULL));
  g_assert_true (message == NULL || g_utf8_validate (message, -1, NULL));
  g_assert_nonnull (plt_print_profile_get_title (profile));
  g_assert_nonnull (plt_print_profile_get_reports (profile));
  g_assert_cmpint (plt_print_profile_get_cleaning (profile), >=, 0);
  g_assert_cmpint (plt_print_profile_get_capacity (profile, "Ribbon YMCKO"), >=, 0);
  for (guint i = 0; i < options->len; i++)
    g_assert_nonnull (((const PltProfileOption *) options->pdata[i])->value);
  plt_print_profile_matches (profile, "Utopia ID-1 Card Printer", "usb://utopia/card?serial=1");
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GPtrArray) faults = plt_profile_faults_new ();
  g_autofree char *text = g_malloc (size + 1);
  g_autoptr (PltPrintProfile) profile = NULL;

  memcpy (text, data, size);
  text[size] = '\0';
  profile = plt_print_profile_read ("utopia.ini", text, size, faults);
  for (guint i = 0; i < faults->len; i++)
    g_assert_true (g_utf8_validate (((const PltProfileFault *) faults->pdata[i])->words, -1, NULL));
  if (profile != NULL && faults->len == 0)
    ask (profile);
  return 0;
}
